import { readRecording } from "../audio/mod.ts";
import { AuscultError } from "../errors/mod.ts";
import { hashBytes } from "../files/mod.ts";
import { joinGroups } from "./near_duplicates/join_groups.ts";
import type { PassedOver } from "./manifest.ts";
import { nearDuplicatePairs } from "./near_duplicates/near_duplicate_pairs.ts";
import { thumbnail } from "./near_duplicates/thumbnail.ts";

/** Options of {@linkcode findNearDuplicates}. */
export interface FindNearDuplicatesOptions {
  /** The folder that the recordings are named from. */
  folder: string;
  /** Normalised cross-correlation from which two recordings count as one. @default {0.95} */
  threshold?: number;
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

/** What {@linkcode findNearDuplicates} found. */
export interface NearDuplicates {
  pairs: DuplicatePair[];
  /** Recordings that pairs connect, through any number of steps; each list and all lists in order. */
  groups: string[][];
  /** SHA-256 of the decoded samples of each recording that has sound: the same for WAV and FLAC, 16 bit and float. */
  hashes: Map<string, string>;
  /** What couldn't be read or is silent. */
  passedOver: PassedOver[];
}

/**
 * The recordings that hold the same sound, cut, filtered, amplified or not: by the hash of their samples, and by the
 * normalised cross-correlation of the signals from 20 to 400 Hz at 1 kHz, for pairs that share fingerprints.
 *
 * @param recordings Paths below the folder.
 */
export async function findNearDuplicates(
  recordings: readonly string[],
  { folder, threshold = 0.95, onProgress }: FindNearDuplicatesOptions,
): Promise<NearDuplicates> {
  const passedOver: PassedOver[] = [];
  const names: string[] = [];
  const signals: Int16Array[] = [];
  const pairs: DuplicatePair[] = [];
  const hashes = new Map<string, string>();
  const byHash = new Map<string, string>();
  for (const [index, recording] of recordings.entries()) {
    const read = await readThumbnail(`${folder}/${recording}`);
    onProgress?.("read", index + 1, recordings.length);
    if ("reason" in read) {
      passedOver.push({ path: recording, reason: read.reason });
      continue;
    }
    hashes.set(recording, read.hash);
    const twin = byHash.get(read.hash);
    if (twin !== undefined) {
      pairs.push({ a: twin, b: recording, correlation: 1, lag: 0, exact: true });
      continue;
    }
    byHash.set(read.hash, recording);
    if (read.signal.length === 0) {
      passedOver.push({ path: recording, reason: "is silent between 20 and 400 Hz, or shorter than 0.1 s" });
      continue;
    }
    names.push(recording);
    signals.push(read.signal);
  }
  const near = nearDuplicatePairs(signals, {
    threshold,
    onProgress: (done) => onProgress?.("compare", done, signals.length),
  });
  pairs.push(...near.map(({ a, b, ...match }) => ({ a: names[a], b: names[b], ...match, exact: false })));
  return { pairs, groups: groupsOf(pairs), hashes, passedOver };
}

async function readThumbnail(path: string): Promise<{ hash: string; signal: Int16Array } | { reason: string }> {
  try {
    const { samples, sampleRate } = await readRecording(path);
    if (samples.every((sample) => sample === 0)) return { reason: "is silent" };
    const hash = hashBytes(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    return { hash, signal: thumbnail(samples, sampleRate) };
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
