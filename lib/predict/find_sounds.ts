import { join } from "node:path";
import { isRecordingName } from "../audio/mod.ts";
import { DataError } from "../errors/mod.ts";

/**
 * The recordings that a list of files and folders names, in order; folders are looked through to their depths, sorted by
 * name, without listing more than one folder at a time.
 *
 * @throws {DataError} for a name that isn't there.
 */
export async function* findSounds(names: Iterable<string>): AsyncGenerator<string> {
  for (const name of names) {
    const stat = await Deno.stat(name).catch((cause) => {
      throw new DataError({
        expected: "a recording or a folder of recordings",
        found: cause instanceof Deno.errors.NotFound ? "no such file" : (cause as Error).message,
        where: name,
        cause,
      });
    });
    if (stat.isDirectory) yield* soundsIn(name);
    else yield name;
  }
}

async function* soundsIn(folder: string): AsyncGenerator<string> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  for (const { name, isDirectory } of entries.toSorted((a, b) => a.name < b.name ? -1 : 1)) {
    if (isDirectory) yield* soundsIn(join(folder, name));
    else if (isRecordingName(name)) yield join(folder, name);
  }
}
