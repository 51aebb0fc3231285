import { z } from "zod";
import { cutSegment } from "../../audio/mod.ts";
import type { Manifest } from "../../datasets/mod.ts";
import type { RowFeatures } from "../../evaluation/mod.ts";
import { cachedResult, type CacheOptions, recordingsKey } from "./cached_result.ts";
import { readEach } from "./read_each.ts";
import { silenceFeatures, silenceWidth } from "./silence_features.ts";

/** What of the rows of a manifest says nothing of heart or lung. */
export interface RowSurvey {
  /** Level of each row, dB of full scale; NaN where the recording can't be read. */
  level: Float64Array;
  /** {@linkcode silenceFeatures} of each row. */
  silence: RowFeatures;
}

/** Raised when other numbers come out for the same sound. */
const VERSION = 1;

/** Reads the recordings for the features by which a shortcut is told; kept in the cache, since every recording is decoded. */
export async function surveyRows(
  manifest: Manifest,
  options: CacheOptions & { signal?: AbortSignal },
): Promise<RowSurvey> {
  const segments = manifest.rows.map(({ recording, start, end }) => [recording, start, end]);
  const rows = await cachedResult(
    {
      name: "levels",
      key: [VERSION, segments, await recordingsKey(manifest)],
      schema: z.array(z.array(z.number()).length(silenceWidth).nullable()).length(manifest.rows.length),
    },
    options,
    () => readRows(manifest, options.signal),
  );
  const values = new Float64Array(rows.length * silenceWidth).fill(NaN);
  rows.forEach((row, i) => row && values.set(row, i * silenceWidth));
  return {
    level: Float64Array.from(rows, (row) => row?.[0] ?? NaN),
    silence: { values, width: silenceWidth },
  };
}

async function readRows(manifest: Manifest, signal?: AbortSignal): Promise<(number[] | null)[]> {
  const { rows } = manifest;
  const features: (number[] | null)[] = rows.map(() => null);
  const byRecording = Map.groupBy(rows.keys(), (row) => rows[row].recording);
  await readEach(manifest, { step: "levels", signal }, ({ samples, sampleRate }, name) => {
    for (const row of byRecording.get(name)!) {
      features[row] = [...silenceFeatures(cutSegment(samples, { sampleRate, ...rows[row] }), { sampleRate })];
    }
  });
  return features;
}
