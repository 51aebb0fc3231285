import { basename, dirname, isAbsolute, join, normalize, relative } from "node:path";
import { datasetFiles, eachOf, stemOf } from "./dataset_files.ts";
import { endingRank, isRecordingName } from "../../audio/mod.ts";

type Located = { paths: Map<string, string>; notes: string[] };

/**
 * Finds the recordings that a table in `folder` names: relative to it or absolute, with `/` or `\`, composed or decomposed
 * letters, by stem (`.flac` serves for `.wav`). Where none is there, the beginning that all paths share is taken for the
 * folder, since the table came from another place. A bare name is looked for below the folder, and taken only where no
 * other recording has it.
 *
 * @returns path of each below the folder (or beside it: `../x.wav`), by its name in the table, those that aren't there left
 * out; and what was assumed to find them, in sentences.
 */
export async function locateRecordings(folder: string, names: Iterable<string>): Promise<Located> {
  const disk = new Disk(), paths = new Map<string, string>(), notes: string[] = [];
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
    const how = "recordings that don't lie beside the table and are known by their names, each the only one of its";
    notes.push(`${how} name below that folder: ${elsewhere.length} (${elsewhere[0]} is ${paths.get(elsewhere[0])})`);
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
  const byStem = Map.groupBy((await datasetFiles(folder)).recordings, (path) => nameKey(stemOf(path)));
  return new Map([...byStem].flatMap(([stem, [path, ...more]]) => more.length > 0 ? [] : [[stem, join(folder, path)]]));
}

/** Finds files as people name them; each folder is listed once, so that thousands of names are found in linear time. */
class Disk {
  readonly #folders = new Map<string, Promise<Folder | undefined>>();

  /**
   * The file of this path as it is on disk: with its letters composed or decomposed, in other case where only one is like that;
   * of a recording that isn't there the one of its stem, `a.flac` for `a.wav`.
   */
  async find(path: string): Promise<string | undefined> {
    const folder = await this.#folder(dirname(path));
    if (folder === undefined) return undefined;
    const name = spelled(folder.files, basename(path)) ?? converted(folder, stemOf(path));
    return name === undefined ? undefined : join(folder.path, name);
  }

  #folder(path: string): Promise<Folder | undefined> {
    const known = this.#folders.get(path) ?? this.#list(path);
    this.#folders.set(path, known);
    return known;
  }

  async #list(path: string): Promise<Folder | undefined> {
    const listed = await list(path);
    if (listed !== undefined || dirname(path) === path) return listed;
    const parent = await this.#folder(dirname(path));
    const name = parent && spelled(parent.folders, basename(path));
    return name === undefined || name === basename(path) ? undefined : await this.#folder(join(parent!.path, name));
  }
}

/** A folder's entries by {@linkcode nameKey}. */
interface Folder {
  path: string;
  files: Map<string, string[]>;
  folders: Map<string, string[]>;
  recordings: Map<string, string[]>; // the recordings by their stems
}

async function list(path: string): Promise<Folder | undefined> {
  const entries = await Array.fromAsync(Deno.readDir(path)).catch(() => undefined);
  if (entries === undefined) return undefined; // whoever reads the recording says why
  const namesOf = (which: (entry: Deno.DirEntry) => boolean) => entries.filter(which).map(({ name }) => name);
  const files = namesOf(({ isFile, isSymlink }) => isFile || isSymlink), folders = namesOf(({ isFile }) => !isFile);
  const recordings = files.filter(isRecordingName).sort().sort((a, b) => endingRank(a) - endingRank(b));
  return {
    ...{ path, files: Map.groupBy(files, nameKey), folders: Map.groupBy(folders, nameKey) },
    recordings: Map.groupBy(recordings, (name) => nameKey(stemOf(name))),
  };
}

/** The first recording of this stem, as {@linkcode spelled} knows it. */
function converted({ recordings }: Folder, stem: string): string | undefined {
  const alike = recordings.get(nameKey(stem)) ?? [];
  const stems = Map.groupBy([...new Set(alike.map(stemOf))], nameKey);
  const found = spelled(stems, stem);
  return found === undefined ? undefined : alike.find((name) => stemOf(name) === found);
}

/** The name itself, its other Unicode form, or the only one that differs in case. */
function spelled(names: ReadonlyMap<string, string[]>, wanted: string): string | undefined {
  const alike = names.get(nameKey(wanted)) ?? [];
  return alike.find((name) => name === wanted) ?? alike.find((name) => name.normalize() === wanted.normalize()) ??
    (alike.length === 1 ? alike[0] : undefined);
}

/** A file's name without regard to Unicode form and case. */
function nameKey(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
