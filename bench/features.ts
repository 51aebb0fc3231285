// Features against librosa, in the same run: deno task bench --only features
import type { BenchRow } from "./bench_row.ts";
import { cacheRow } from "./features/cache.ts";
import { logMelRows } from "./features/log_mel.ts";
import { memoryRow } from "./features/memory.ts";
import { ownInputRows } from "./features/own_input.ts";
import { pipelineRows } from "./features/pipeline.ts";

/** Options of {@linkcode featuresBench}. */
export interface FeaturesBenchOptions {
  /** A Python with librosa, soxr, soundfile and scipy; without one the columns of the peers stay empty. */
  python?: string;
  /** Folder with `sprsound/`; without it the pipeline over real recordings is left out. */
  datasets?: string;
  /** Ours and theirs take turns so often; the best counts. @default {2} */
  rounds?: number;
  /** Hours of sound that the memory is measured on. @default {100} */
  hours?: number;
  onProgress?: (line: string) => void;
}

/** log-Mel in one thread, recordings to cached features on all cores, reading the cache, and the memory of it all. */
export async function featuresBench(options: FeaturesBenchOptions = {}): Promise<BenchRow[]> {
  return [
    ...await logMelRows(options),
    ...await pipelineRows(options),
    ...await ownInputRows(options),
    await cacheRow(options),
    await memoryRow(options),
  ];
}
