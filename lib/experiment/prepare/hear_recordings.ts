import { join } from "node:path";
import { z } from "zod";
import { readRecording, signalQuality } from "../../audio/mod.ts";
import type { Manifest } from "../../datasets/mod.ts";
import { AuscultError } from "../../errors/mod.ts";
import { soundTexture, textureSize } from "../../evaluation/mod.ts";
import { featurePreset, type InputOptions } from "../../features/mod.ts";
import { progress } from "../../files/mod.ts";
import { cachedResult, type CacheOptions, recordingsKey } from "./cached_result.ts";

/** What {@linkcode hearRecordings} hears. */
export interface HearRecordingsOptions extends CacheOptions {
  manifest: Manifest;
  input: InputOptions;
  /** What the recordings hold. */
  sound: "heart" | "lung";
  signal?: AbortSignal;
}

const heard = z.object({
  /** `null` where it is too short. */
  texture: z.array(z.number()).length(textureSize).nullable(),
  /** How likely experts would call it too poor to judge. */
  poor: z.number(),
  /** Silent, clipped, broken off, or too short. */
  faulty: z.boolean(),
});

/** How a whole recording sounds, as `predict` gets it, whatever the items of the task are. */
export type HeardRecording = z.infer<typeof heard>;

/** Raised when other numbers come out for the same sound. */
const VERSION = 2;

/** By name, each recording that can be read; kept in the cache. */
export async function hearRecordings(options: HearRecordingsOptions): Promise<Map<string, HeardRecording>> {
  const { manifest, input, sound } = options;
  const preset = featurePreset(input);
  const names = [...new Set(manifest.rows.map(({ recording }) => recording))];
  const all = await cachedResult(
    {
      name: "textures",
      key: [VERSION, preset, sound, names, await recordingsKey(manifest)],
      schema: z.array(heard.nullable()).length(names.length),
    },
    options,
    async () => {
      const made: (HeardRecording | null)[] = [];
      const bar = progress("textures", names.length);
      for (const name of names) {
        options.signal?.throwIfAborted();
        made.push(await hear(join(manifest.folder, name), { preset, sound }));
        bar.update(made.length);
      }
      bar.stop();
      return made;
    },
  );
  return new Map(all.flatMap((one, i) => one ? [[names[i], one]] : []));
}

/** Limits that no probability exceeds: what is unusable then has a fault. */
const FAULTS_ALONE = { poor: 1, unusable: 1 };

async function hear(
  path: string,
  { preset, sound }: { preset: ReturnType<typeof featurePreset>; sound: "heart" | "lung" },
): Promise<HeardRecording | null> {
  try {
    const { samples, sampleRate } = await readRecording(path);
    const { probability, verdict } = signalQuality(samples, { sampleRate, sound, usual: FAULTS_ALONE });
    const texture = soundTexture(samples, { sampleRate, preset });
    return { texture: texture && Array.from(texture), poor: probability, faulty: verdict === "unusable" };
  } catch (error) {
    if (!(error instanceof AuscultError)) throw error; // the features' own list names what can't be read
    return null;
  }
}
