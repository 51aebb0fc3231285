import { basename, isAbsolute, join, normalize, relative } from "node:path";
import { datasetFiles, stemOf } from "./dataset_files.ts";
import { Disk, nameKey } from "./disk.ts";
import { eachOf } from "./each_of.ts";

/** Where the recordings are that a table names. */
export interface LocatedRecordings {
  /** Path below the folder (or beside it: `../x.wav`), by the name in the table; those that aren't there are missing. */
  paths: Map<string, string>;
  /** What was assumed to find them, in sentences. */
  notes: string[];
}

/**
 * Finds the recordings that a table in `folder` names: relative to it or absolute, with `/` or `\`, composed or decomposed
 * letters, by stem (`.flac` serves for `.wav`). Where none is there, the beginning that all paths share is taken for the
 * folder, since the table came from another place. A bare name is looked for below the folder, and taken only where no
 * other recording has it.
 */
export async function locateRecordings(folder: string, names: Iterable<string>): Promise<LocatedRecordings> {
  const disk = new Disk();
  const paths = new Map<string, string>();
  const distinct = [...new Set(names)].filter((name) => name !== "");
  const missing = () => distinct.filter((name) => !paths.has(name));
  const look = async (wanted: readonly string[], placeOf: (name: string) => string | undefined): Promise<string[]> => {
    await eachOf(wanted, async (name) => {
      const place = placeOf(name);
      const path = place === undefined ? undefined : await disk.find(place);
      if (path !== undefined) paths.set(name, relative(folder, path));
    });
    return wanted.filter((name) => paths.has(name));
  };
  const notes: string[] = [];
  await look(distinct, (name) => isAbsolute(name) ? normalize(name) : join(folder, name));
  await look(missing(), (name) => name.includes("\\") ? join(folder, slashed(name)) : undefined);
  for (let shared = paths.size > 0 ? "" : sharedFolder(distinct); shared !== ""; shared = parentOf(shared)) {
    const found = await look(missing(), (name) => join(folder, slashed(name).slice(shared.length)));
    if (found.length > 0) {
      notes.push(`"${shared}", with which all paths begin, is taken for the folder of the table`);
      break;
    }
  }
  const bare = missing().filter((name) => !slashed(name).includes("/"));
  const unique = bare.length > 0 ? await onlyOnes(folder) : new Map<string, string>();
  const elsewhere = await look(bare, (name) => unique.get(nameKey(stemOf(name))));
  if (elsewhere.length > 0) {
    notes.push(
      `recordings that don't lie beside the table and are known by their names, each the only one of its name below that ` +
        `folder: ${elsewhere.length} (${elsewhere[0]} is ${paths.get(elsewhere[0])})`,
    );
  }
  // In the order of the table, whichever was found first.
  const inOrder = distinct.flatMap((name): [string, string][] => paths.has(name) ? [[name, paths.get(name)!]] : []);
  return { paths: new Map(inOrder), notes };
}

function slashed(name: string): string {
  return name.replaceAll("\\", "/");
}

/** The folder that all paths begin with, `/` at its end: `"C:/study/rec/"`; empty where there is none. */
function sharedFolder(names: readonly string[]): string {
  const [first = "", ...others] = names.map(slashed);
  let shared = first.slice(0, first.lastIndexOf("/") + 1);
  for (const name of others) while (!name.startsWith(shared)) shared = parentOf(shared);
  return shared;
}

function parentOf(folder: string): string {
  return folder.slice(0, -1).replace(/[^/]*$/, "");
}

/** The recordings below a folder whose stem no other has, by {@linkcode nameKey} of the stem. */
async function onlyOnes(folder: string): Promise<Map<string, string>> {
  const { recordings } = await datasetFiles(folder);
  const byStem = Map.groupBy(recordings, (path) => nameKey(stemOf(basename(path))));
  return new Map(
    [...byStem].filter(([, paths]) => paths.length === 1).map(([stem, [path]]) => [stem, join(folder, path)]),
  );
}
