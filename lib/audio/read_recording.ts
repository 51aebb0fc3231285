import { AuscultError, DataError } from "../errors/mod.ts";
import { decodeAudio, type Recording } from "./decode_audio.ts";
import { findRecording } from "./find_recording.ts";
import { checkFileSize } from "./sound_limits.ts";

/**
 * Reads a recording. Where the named file isn't there, the one of the same stem serves.
 *
 * @throws {DataError} where it isn't there or isn't sound; see {@linkcode decodeAudio}.
 */
export async function readRecording(path: string): Promise<Recording> {
  const found = await findRecording(path);
  return await decodeAudio(await readRecordingBytes(found), found);
}

/**
 * The bytes of a recording.
 *
 * @throws {DataError} for a file that can't be read or is larger than `soundLimits` allow, before it is read.
 */
export async function readRecordingBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const { isFile, size } = await Deno.stat(path);
    if (!isFile) throw new Error("a folder, a device or a pipe");
    checkFileSize(size, path);
    return await Deno.readFile(path);
  } catch (cause) {
    if (cause instanceof AuscultError) throw cause;
    const missing = cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory;
    throw new DataError({
      expected: "a recording that can be read",
      found: missing ? "no such file" : (cause as Error).message,
      where: path,
      remedy: missing ? "check the folder and the name" : "check its permissions",
      cause,
    });
  }
}
