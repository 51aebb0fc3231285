import { z } from "zod";
import { signalQuality } from "../../audio/mod.ts";
import type { Manifest } from "../../datasets/mod.ts";
import { soundTexture, textureSize } from "../../evaluation/mod.ts";
import { featurePreset, type InputOptions } from "../../features/mod.ts";
import { cachedResult, type CacheOptions, recordingsKey } from "./cached_result.ts";
import { readEach } from "./read_each.ts";

/** What {@linkcode describeRecordings} needs. */
export interface DescribeRecordingsOptions extends CacheOptions {
  manifest: Manifest;
  input: InputOptions;
  /** What the recordings hold. */
  sound: "heart" | "lung";
  signal?: AbortSignal;
}

const description = z.object({
  /** `null` where it is too short. */
  texture: z.array(z.number()).length(textureSize).nullable(),
  /** How likely experts would call it too poor to judge. */
  poor: z.number(),
  /** Silent, clipped, broken off, or too short. */
  faulty: z.boolean(),
});

/** How a whole recording sounds, as `predict` gets it, whatever the items of the task are. */
export type RecordingDescription = z.infer<typeof description>;

/** Raised when other numbers come out for the same sound. */
const VERSION = 2;

/** By name, each recording that can be read; kept in the cache. */
export async function describeRecordings(
  options: DescribeRecordingsOptions,
): Promise<Map<string, RecordingDescription>> {
  const { manifest, input, sound } = options;
  const preset = featurePreset(input);
  const names = [...new Set(manifest.rows.map(({ recording }) => recording))];
  const all = await cachedResult(
    {
      name: "textures",
      key: [VERSION, preset, sound, names, await recordingsKey(manifest)],
      schema: z.array(description.nullable()).length(names.length),
    },
    options,
    async () => {
      const made = await readEach(manifest, { step: "textures", signal: options.signal }, ({ samples, sampleRate }) => {
        const { probability, verdict } = signalQuality(samples, { sampleRate, sound, usual: FAULTS_ALONE });
        const texture = soundTexture(samples, { sampleRate, preset });
        return { texture: texture && Array.from(texture), poor: probability, faulty: verdict === "unusable" };
      });
      return names.map((name) => made.get(name) ?? null);
    },
  );
  return new Map(all.flatMap((one, i) => one ? [[names[i], one]] : []));
}

/** Limits that no probability exceeds: what is unusable then has a fault. */
const FAULTS_ALONE = { poor: 1, unusable: 1 };
