import { DataError } from "../errors/mod.ts";
import { decodeAudio, type Recording } from "./decode_audio.ts";
import { findRecording } from "./find_recording.ts";

/**
 * Reads a recording: WAV by an own reader, FLAC, MP3 and OGG by a library. Where the named file isn't there, the one
 * of the same stem serves.
 *
 * @throws {DataError} where it isn't there or isn't sound; see {@linkcode decodeAudio}.
 */
export async function readRecording(path: string): Promise<Recording> {
  const found = await findRecording(path);
  return await decodeAudio(await bytesOf(found), found);
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    throw new DataError({
      expected: "a file that can be read",
      found: cause instanceof Error ? cause.message : String(cause),
      where: path,
      remedy: "check its permissions",
      cause,
    });
  }
}
