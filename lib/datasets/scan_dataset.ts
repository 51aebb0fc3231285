import { readRecording } from "../audio/mod.ts";
import { AuscultError } from "../errors/mod.ts";
import { formatCsv, hashBytes, writeAtomic } from "../files/mod.ts";
import { datasetDefinition } from "./catalogue.ts";
import { datasetFiles } from "./dataset_files.ts";
import { joinGroups } from "./join_groups.ts";
import type { PassedOver } from "./manifest.ts";
import { NEAR_DUPLICATES } from "./near_duplicate_groups.ts";
import { nearDuplicatePairs } from "./near_duplicates/near_duplicate_pairs.ts";
import { thumbnail } from "./near_duplicates/thumbnail.ts";

/** Options of {@linkcode scanDataset}. */
export interface ScanDatasetOptions {
  folder: string;
  /** Normalised cross-correlation from which two recordings count as one. @default {0.95} */
  threshold?: number;
  /** Where the groups are written, for a folder that can't be written to. @default {"FOLDER/near_duplicates.csv"} */
  path?: string;
  /** Told after each recording that was read, then after each that was compared. */
  onProgress?: (step: "read" | "compare", done: number, total: number) => void;
}

/** Two recordings that hold the same sound. */
export interface DuplicatePair {
  a: string;
  b: string;
  /** Normalised cross-correlation at the best lag, in [-1, 1]; 1 for the same samples. */
  correlation: number;
  /** Seconds by which `a` is behind `b`. */
  lag: number;
  /** The samples are the same, every one. */
  exact: boolean;
}

/** What {@linkcode scanDataset} found. */
export interface DatasetScan {
  dataset: string;
  /** Number of recordings that were compared. */
  recordings: number;
  pairs: DuplicatePair[];
  /** Recordings that pairs connect, through any number of steps; each list and all lists in order. */
  groups: string[][];
  /** What couldn't be read or is silent. */
  passedOver: PassedOver[];
  /** The file that was written. */
  path: string;
}

/**
 * Looks for recordings that hold the same sound, cut, filtered, amplified or not, and writes them as groups that
 * `loadDataset` takes for one subject each.
 *
 * Exact duplicates are found by the hash of their samples; others by the normalised cross-correlation of the signals
 * from 20 to 400 Hz at 1 kHz, for pairs that share fingerprints.
 */
export async function scanDataset(name: string, options: ScanDatasetOptions): Promise<DatasetScan> {
  const { folder, threshold = 0.95, onProgress } = options;
  const { files: findFiles = datasetFiles } = datasetDefinition(name);
  const files = await findFiles(folder);
  const path = options.path ?? `${files.folder}/${NEAR_DUPLICATES}`;

  const passedOver: PassedOver[] = [];
  const names: string[] = [];
  const signals: Int16Array[] = [];
  const pairs: DuplicatePair[] = [];
  const byHash = new Map<string, string>();
  for (const [index, recording] of files.recordings.entries()) {
    const read = await readThumbnail(`${files.folder}/${recording}`);
    onProgress?.("read", index + 1, files.recordings.length);
    if ("reason" in read) {
      passedOver.push({ path: recording, reason: read.reason });
      continue;
    }
    const twin = byHash.get(read.hash);
    if (twin !== undefined) {
      pairs.push({ a: twin, b: recording, correlation: 1, lag: 0, exact: true });
      continue;
    }
    byHash.set(read.hash, recording);
    names.push(recording);
    signals.push(read.signal);
  }
  const near = nearDuplicatePairs(signals, {
    threshold,
    onProgress: (done) => onProgress?.("compare", done + 1, signals.length),
  });
  pairs.push(
    ...near.map(({ a, b, correlation, lag }) => ({ a: names[a], b: names[b], correlation, lag, exact: false })),
  );
  const groups = groupsOf(pairs);
  await writeAtomic(path, formatGroups(groups));
  return { dataset: name, recordings: files.recordings.length - passedOver.length, pairs, groups, passedOver, path };
}

async function readThumbnail(path: string): Promise<{ hash: string; signal: Int16Array } | { reason: string }> {
  try {
    const { samples, sampleRate } = await readRecording(path);
    const signal = thumbnail(samples, sampleRate);
    if (signal.length === 0) return { reason: "is silent between 20 and 400 Hz, or shorter than 0.1 s" };
    return { hash: hashBytes(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)), signal };
  } catch (error) {
    if (!(error instanceof AuscultError)) throw error;
    return { reason: `can't be read: ${error.message}` };
  }
}

function groupsOf(pairs: readonly DuplicatePair[]): string[][] {
  const group = joinGroups(pairs.map(({ a, b }) => [a, b] as const));
  const members = new Set(pairs.flatMap(({ a, b }) => [a, b]));
  return [...Map.groupBy([...members].sort(), group).values()];
}

function formatGroups(groups: readonly string[][]): string {
  const rows = groups.flatMap((members, i) => members.map((recording) => ({ recording, group: i + 1 })));
  return formatCsv(rows, ["recording", "group"]);
}
