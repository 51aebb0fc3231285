import { defineInput, logMelInput } from "../../lib/features/mod.ts";
import type { BenchRow } from "../bench_row.ts";
import type { FeaturesBenchOptions } from "../features.ts";
import { ownPartRows, speedsInTurns } from "../speed.ts";
import { noiseFolder } from "./noise_folder.ts";
import { pipelineSpeed } from "./pipeline.ts";

/** The built-in input as somebody's own: threads import this module to know it. */
const own = defineInput({ ...logMelInput.definition, name: "own-log-mel" });

const SECONDS = 20;
const WINDOWS = { seconds: 2.56, padding: "zero" } as const;

/** An input of one's own against the built-in one of the same numbers, in turns on all cores. */
export async function ownInputRows({ onProgress }: FeaturesBenchOptions): Promise<BenchRow[]> {
  onProgress?.("an input of one's own to the cache");
  const workers = navigator.hardwareConcurrency;
  const folder = await noiseFolder(6);
  try {
    const items = Array.from({ length: 6 }, (_, i) => ({ path: `${folder}/${i}.wav`, start: 0, end: Infinity }));
    const filling = [{ ...own({ preset: "respirenet" }), ...WINDOWS }, { preset: "respirenet", ...WINDOWS } as const]
      .map((input) => () => pipelineSpeed(items, workers, input));
    const what = { bench: "features", model: "an input of one's own to cache", setting: "6 recordings of 10 min" };
    const speeds = await speedsInTurns(items.length, SECONDS, filling);
    return ownPartRows({ ...what, threads: workers }, speeds, "recordings");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
