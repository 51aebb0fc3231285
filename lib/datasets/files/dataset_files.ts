import { basename } from "node:path";
import { endingRank, isRecordingName, withoutEnding } from "../../audio/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { decodeText } from "../../files/mod.ts";
import { recordingDuration } from "../recording_duration.ts";
import type { OpenedTable } from "./manifest_csv.ts";

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
   * in order of its ending (`recordingEndings`) and then of its path where several are.
   */
  recording(stem: string, under?: string): string | undefined;
  /**
   * Length of a recording, seconds.
   *
   * @throws {DataError} where that can't be read.
   */
  duration(recording: string): Promise<number>;
  text(path: string): Promise<string>;
  /** The table that names the recordings, where one does. */
  table?: OpenedTable;
}

/** The stem of a recording's file name: `a.b` of `x/a.b.wav`. */
export function stemOf(path: string): string {
  return withoutEnding(basename(path));
}

/** The name of a subject of whom nothing but one recording is known: its path without the extension. */
export function lonelySubject(recording: string): string {
  return withoutEnding(recording);
}

/**
 * Lists the files below a folder; hidden files and folders are left out.
 *
 * @throws {DataError} for a folder that isn't there.
 */
export async function datasetFiles(folder: string): Promise<DatasetFiles> {
  return filesOf(folder, await walk(folder));
}

/** The same for files that are known already. */
export function filesOf(folder: string, found: readonly string[]): DatasetFiles {
  const paths = found.toSorted(), recordings = paths.filter(isRecordingName);
  const byStem = Map.groupBy(recordings.toSorted((a, b) => endingRank(a) - endingRank(b)), stemOf);
  return {
    folder,
    paths,
    recordings,
    recording: (stem, under) =>
      byStem.get(stemOf(stem))?.find((path) => under === undefined || under === "." || path.startsWith(`${under}/`)),
    duration: (recording) => recordingDuration(`${folder}/${recording}`),
    text: (path) => readText(`${folder}/${path}`),
  };
}

/** Lists real folders first, then those that links lead to, each folder once: a link may lead back up. */
async function walk(root: string): Promise<string[]> {
  const paths: string[] = [], links: string[] = [], listed = new Set<string>();
  await walkFolder("");
  for (let link = links.shift(); link !== undefined; link = links.shift()) {
    const target = await Deno.realPath(`${root}/${link}`).catch(() => undefined);
    const folder = target !== undefined && (await Deno.stat(`${root}/${link}`)).isDirectory;
    if (!folder) paths.push(link); // a link to nothing is told of where it is read
    else if (!listed.has(target)) await walkFolder(link);
    links.sort();
  }
  return paths;

  async function walkFolder(below: string) {
    const folder = below === "" ? root : `${root}/${below}`;
    try {
      listed.add(await Deno.realPath(folder));
      for await (const { name, isSymlink, isDirectory } of Deno.readDir(folder)) {
        if (name.startsWith(".")) continue;
        const path = below === "" ? name : `${below}/${name}`;
        if (isDirectory) await walkFolder(path);
        else (isSymlink ? links : paths).push(path);
      }
    } catch (cause) {
      if (cause instanceof DataError) throw cause;
      const missing = cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory;
      const found = missing ? "no such folder" : (cause as Error).message, remedy = "check the path given by --data";
      throw new DataError({ expected: "a dataset's folder", found, where: folder, remedy, cause });
    }
  }
}

/** The text of any file, with `\n`. */
export async function readText(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    throw new DataError({ expected: "a text file", found: (cause as Error).message, where: path, cause });
  }
  return decodeText(bytes, path).text;
}

const AT_ONCE = 32; // files that are open at the same time

/** What `work` makes of each item, in order, some at the same time: small files wait on the disk, not on each other. */
export async function eachOf<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index], index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  return results;
}
