import { basename, dirname, join } from "node:path";
import { endingRank, isRecordingName } from "../../audio/mod.ts";
import { stemOf } from "./dataset_files.ts";

/** Finds files as people name them; each folder is listed once, so that thousands of names are found in linear time. */
export class Disk {
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
  /** The recordings by their stems. */
  recordings: Map<string, string[]>;
}

async function list(path: string): Promise<Folder | undefined> {
  const folder: Folder = { path, files: new Map(), folders: new Map(), recordings: new Map() };
  try {
    for await (const entry of Deno.readDir(path)) {
      for (
        const kind of entry.isSymlink ? [folder.files, folder.folders] : [entry.isFile ? folder.files : folder.folders]
      ) {
        const key = nameKey(entry.name);
        kind.set(key, [...kind.get(key) ?? [], entry.name]);
      }
    }
  } catch {
    return undefined; // whoever reads the recording says why
  }
  const recordings = [...folder.files.values()].flat().filter(isRecordingName).sort()
    .sort((a, b) => endingRank(a) - endingRank(b));
  return { ...folder, recordings: Map.groupBy(recordings, (name) => nameKey(stemOf(name))) };
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
export function nameKey(name: string): string {
  return name.normalize("NFC").toLowerCase();
}
