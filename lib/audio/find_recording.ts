import { DataError } from "../errors/mod.ts";
import { recordingEndings, withoutEnding } from "./recording_endings.ts";

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
