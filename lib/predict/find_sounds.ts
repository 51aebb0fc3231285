import { join } from "node:path";
import { datasetFiles } from "../datasets/files/dataset_files.ts";

/**
 * The recordings that a list of files and folders names, in order; folders are looked through to their depths as those of a
 * dataset are: hidden files are no recordings, and links are followed without going round. A name that isn't there is given
 * like any other: who reads it says so, and goes on with the rest.
 */
export async function* findSounds(names: Iterable<string>): AsyncGenerator<string> {
  for (const name of names) {
    const isFolder = await Deno.stat(name).then((stat) => stat.isDirectory, () => false);
    if (!isFolder) yield name;
    else for (const recording of (await datasetFiles(name)).recordings) yield join(name, recording);
  }
}
