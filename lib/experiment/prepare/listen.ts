import { join } from "node:path";
import { type ManifestRow, recordingDuration } from "../../datasets/mod.ts";
import type { RowFeatures } from "../../floors/mod.ts";
import {
  hearRecordings,
  identifyRecording,
  identifyRecordings,
  type InputOptions,
  type Listener,
  nearestPreset,
  openFeatureStore,
} from "../../features/mod.ts";
import { barOf, CACHE_FOLDER, type CacheOptions } from "./extract_features.ts";
import { askedOf, factsPath, readFacts, recordingDescription } from "./hear.ts";
import type { ListenSettings, RecordingDescription } from "./hear.ts";
import { silenceWidth } from "./silence_features.ts";

export interface ListenOptions extends CacheOptions {
  input: InputOptions;
  /** What the recordings should hold. */
  sound: "heart" | "lung";
}

/** What is known of recordings once each was decoded. */
export interface Heard {
  /** Each that can be read, by name. */
  descriptions: ReadonlyMap<string, RecordingDescription>;
  /** `silenceFeatures` of each segment that was asked for, by recording and times. */
  silence: ReadonlyMap<string, readonly number[]>;
}

type Segment = Pick<ManifestRow, "recording" | "start" | "end">;

/**
 * The one pass over the recordings of some rows: each is decoded once, for its features and for all else that is asked of
 * its samples, on all cores. What was heard is kept by the content of the file, so that a second pass decodes nothing.
 */
export async function listen(
  { folder, rows }: { folder: string; rows: readonly Segment[] },
  options: ListenOptions,
): Promise<Heard> {
  const { input, sound, signal } = options;
  const by = { sound, preset: { ...nearestPreset(input) } };
  const items = rows.map(({ recording, start, end }) => ({ path: join(folder, recording), start, end }));
  const byRecording = Map.groupBy(rows.keys(), (row) => rows[row].recording);
  return await withFacts(options, by, async (listener, settings) => {
    const store = await openFeatureStore(items, input, {
      cacheFolder: join(settings.folder, ".."),
      ...{ listener, signal, onProgress: barOf("recordings") },
    });
    store.close();
    const read = async (recording: string, own: readonly number[]) => {
      const { hash } = identities.get(join(folder, recording))!;
      return await readFacts(factsPath(settings, hash, askedOf(by, own.map((row) => rows[row]))), recordingDescription);
    };
    const identities = await identifyRecordings(items.map(({ path }) => path), signal);
    const heard = new Map<string, RecordingDescription>();
    const missing: number[] = [];
    for (const [recording, own] of byRecording) {
      const facts = await read(recording, own);
      if (facts) heard.set(recording, facts);
      else missing.push(...own);
    }
    if (missing.length > 0) {
      await hearRecordings(missing.map((row) => items[row]), listener, { signal, onProgress: barOf("sounds") });
      for (const recording of new Set(missing.map((row) => rows[row].recording))) {
        const facts = await read(recording, byRecording.get(recording)!);
        if (facts) heard.set(recording, facts);
      }
    }
    const silence = rows.map((row): [string, readonly number[]] => {
      const index = byRecording.get(row.recording)!.findIndex((other) => rows[other] === row);
      return [segmentKey(row), heard.get(row.recording)?.silence[index] ?? []];
    });
    return { descriptions: heard, silence: new Map(silence) };
  });
}

function segmentKey({ recording, start, end }: Segment): string {
  return `${recording}\n${start}\n${end}`;
}

/**
 * What of rows that were listened to says nothing of heart or lung: the level of each, dB of full scale (NaN where the recording
 * can't be read), and its `silenceFeatures`.
 */
export function surveyRows(
  rows: readonly Segment[],
  { silence }: Heard,
): { level: Float64Array; silence: RowFeatures } {
  const values = new Float64Array(rows.length * silenceWidth).fill(NaN);
  rows.forEach((row, i) => values.set(silence.get(segmentKey(row)) ?? [], i * silenceWidth));
  const level = Float64Array.from(rows, (_, i) => values[i * silenceWidth]);
  return { level, silence: { values, width: silenceWidth } };
}

/** Seconds of a recording; the file that is read for it is the one that is known by its content from then on. */
export async function durationOf(path: string): Promise<number> {
  const { seconds } = await identifyRecording(path);
  return seconds !== undefined && seconds > 0 ? seconds : await recordingDuration(path);
}

/** Works with a listener whose facts lie in the cache, or in a folder of their own that goes afterwards. */
export async function withFacts<T>(
  { cacheFolder = CACHE_FOLDER, cache = true }: CacheOptions,
  by: ListenSettings["by"],
  work: (listener: Listener, settings: ListenSettings) => Promise<T>,
): Promise<T> {
  const home = cache ? cacheFolder : `${cacheFolder}.${crypto.randomUUID().slice(0, 8)}`;
  const settings: ListenSettings = { folder: join(home, "heard"), by };
  await Deno.mkdir(settings.folder, { recursive: true });
  try {
    return await work({ module: new URL("./hear.ts", import.meta.url).href, settings }, settings);
  } finally {
    if (!cache) await Deno.remove(home, { recursive: true }).catch(() => {});
  }
}
