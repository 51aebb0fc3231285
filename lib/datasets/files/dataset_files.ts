import { basename } from "node:path";
import { DataError } from "../../errors/mod.ts";

/** The files below a dataset's folder, found once, asked often. */
export interface DatasetFiles {
  /** The dataset's folder. */
  folder: string;
  /** Paths below the folder, with `/`, in order. */
  paths: string[];
  /** Recordings among {@linkcode paths}. */
  recordings: string[];
  /**
   * The recording of this stem (or file name, with any of the extensions), below `under` where that is given; the first
   * in order where several are.
   */
  recording(stem: string, under?: string): string | undefined;
  /** The text of a file. */
  text(path: string): Promise<string>;
}

const AUDIO = /\.(wav|flac|mp3|ogg)$/i;

/** Whether a file's name is that of a recording. */
export function isRecording(path: string): boolean {
  return AUDIO.test(path);
}

/** The stem of a recording's file name: `a.b` of `x/a.b.wav`. */
export function stemOf(path: string): string {
  return basename(path).replace(AUDIO, "");
}

/** The name of a subject of whom nothing but one recording is known: its path without the extension. */
export function lonelySubject(recording: string): string {
  return recording.replace(AUDIO, "");
}

/**
 * Lists the files below a folder; hidden files and folders are left out.
 *
 * @throws {DataError} for a folder that isn't there.
 */
export async function datasetFiles(folder: string): Promise<DatasetFiles> {
  const paths: string[] = [];
  await walk(folder, "", paths);
  return filesOf(folder, paths);
}

/** The same for files that are known already. */
export function filesOf(folder: string, found: readonly string[]): DatasetFiles {
  const paths = found.toSorted();
  const recordings = paths.filter(isRecording);
  const byStem = Map.groupBy(recordings, stemOf);
  return {
    folder,
    paths,
    recordings,
    recording: (stem, under) =>
      byStem.get(stemOf(stem))?.find((path) => under === undefined || under === "." || path.startsWith(`${under}/`)),
    text: (path) => readText(`${folder}/${path}`),
  };
}

async function walk(root: string, below: string, paths: string[]) {
  try {
    for await (const entry of Deno.readDir(`${root}/${below}`)) {
      if (entry.name.startsWith(".")) continue;
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      const { isDirectory } = entry.isSymlink
        ? await Deno.stat(`${root}/${path}`).catch(() => entry) // a link to nothing is told of where it is read
        : entry;
      if (isDirectory) await walk(root, path, paths);
      else paths.push(path);
    }
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const missing = cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory;
    throw new DataError({
      expected: "a dataset's folder",
      found: missing ? "none" : (cause as Error).message,
      where: below === "" ? root : `${root}/${below}`,
      remedy: "check the path given by --data",
      cause,
    });
  }
}

/** The text of any file. */
export async function readText(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    throw new DataError({ expected: "a text file", found: (cause as Error).message, where: path, cause });
  }
}
