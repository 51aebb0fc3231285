import { AuscultError, DataError } from "../errors/mod.ts";
import { decodeAudio, type Recording } from "./decode_audio.ts";
import { recordingEndings, withoutEnding } from "./recording_endings.ts";
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

/**
 * The path of a recording that a dataset names: the file itself, or the one of the same stem where only that is
 * there (`a.flac` for `a.wav`). A name without one of the endings is a stem, dots included.
 *
 * @throws {DataError} where none of them exists.
 */
export async function findRecording(path: string): Promise<string> {
  if (await isFile(path)) return path;
  const stem = withoutEnding(path);
  for (const ending of recordingEndings.flatMap((ending) => [ending, ending.toUpperCase()])) {
    const candidate = `${stem}.${ending}`;
    if (await isFile(candidate)) return candidate;
  }
  throw new DataError({
    expected: `a recording (${recordingEndings.slice(0, 4).map((ending) => `.${ending}`).join(", ")}, …)`,
    found: "no such file",
    where: path,
    remedy: "check the folder and the name",
  });
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return false;
    throw new DataError({
      expected: "a file that can be read",
      found: error instanceof Error ? error.message : String(error),
      where: path,
      remedy: "check its permissions",
      cause: error,
    });
  }
}
