import { readRecording } from "../audio/mod.ts";
import { AuscultError } from "../errors/mod.ts";
import { hashBytes } from "../files/mod.ts";
import { joinGroups } from "./near_duplicates/near_duplicate_groups.ts";
import type { PassedOver } from "./manifest.ts";
import { nearDuplicatePairs, thumbnail } from "./near_duplicates/near_duplicate_pairs.ts";

export interface FindNearDuplicatesOptions {
  /** The folder that the recordings are named from. */
  folder: string;
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
  { folder, onProgress }: FindNearDuplicatesOptions,
): Promise<NearDuplicates> {
  const passedOver: PassedOver[] = [];
  const sounds = new Map<string, ComparableSound>(), hashes = new Map<string, string>();
  for (const [index, path] of recordings.entries()) {
    const read = await readThumbnail(`${folder}/${path}`);
    onProgress?.("read", index + 1, recordings.length);
    if ("reason" in read) {
      passedOver.push({ path, reason: read.reason });
      continue;
    }
    if (read.signal.length === 0 && !hashes.values().some((hash) => hash === read.hash)) {
      passedOver.push({ path, reason: "is silent between 20 and 400 Hz, or shorter than 0.1 s" });
    }
    sounds.set(path, read);
    hashes.set(path, read.hash);
  }
  const onCompared = (done: number, total: number) => onProgress?.("compare", done, total);
  return { ...compareSounds(sounds, { onProgress: onCompared }), hashes, passedOver };
}

const THRESHOLD = 0.95; // normalised cross-correlation from which two recordings count as one

/** What of a recording is compared. */
export interface ComparableSound {
  /** SHA-256 of its samples. */
  hash: string;
  /** {@linkcode thumbnail}; empty where only the very same samples are found. */
  signal: Int16Array;
}

/** The recordings among these that hold the same sound, as {@linkcode findNearDuplicates} tells them. */
export function compareSounds(
  sounds: ReadonlyMap<string, ComparableSound>,
  { onProgress }: { onProgress?: (done: number, total: number) => void } = {},
): Pick<NearDuplicates, "pairs" | "groups"> {
  const pairs: DuplicatePair[] = [], byHash = new Map<string, string>();
  for (const [recording, { hash }] of sounds) {
    const twin = byHash.get(hash);
    if (twin === undefined) byHash.set(hash, recording);
    else pairs.push({ a: twin, b: recording, correlation: 1, lag: 0, exact: true });
  }
  const names = [...byHash.values()].filter((name) => sounds.get(name)!.signal.length > 0);
  const near = nearDuplicatePairs(names.map((name) => sounds.get(name)!.signal), {
    threshold: THRESHOLD,
    onProgress: (done) => onProgress?.(done, names.length),
  });
  pairs.push(...near.map(({ a, b, ...match }) => ({ a: names[a], b: names[b], ...match, exact: false })));
  const members = new Set(pairs.flatMap(({ a, b }) => [a, b]));
  const group = joinGroups(pairs.map(({ a, b }) => [a, b] as const));
  return { pairs, groups: [...Map.groupBy([...members].sort(), group).values()] };
}

/** Of decoded samples; nothing where they are silent. */
export function comparableSound(samples: Float32Array, sampleRate: number): ComparableSound | undefined {
  if (samples.every((sample) => sample === 0)) return undefined;
  return { hash: hashBytes(samples), signal: thumbnail(samples, sampleRate) };
}

async function readThumbnail(path: string): Promise<ComparableSound | { reason: string }> {
  try {
    const { samples, sampleRate } = await readRecording(path);
    return comparableSound(samples, sampleRate) ?? { reason: "is silent" };
  } catch (error) {
    if (!(error instanceof AuscultError)) throw error;
    return { reason: `can't be read: ${error.message}` };
  }
}
