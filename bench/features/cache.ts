import { type InputOptions, openFeatureStore, windowSize } from "../../lib/features/mod.ts";
import { randomStream } from "../../lib/random/mod.ts";
import type { BenchRow } from "../bench_row.ts";
import type { FeaturesBenchOptions } from "../features.ts";
import { noiseFolder } from "./noise_folder.ts";

/** Windows a second that a second epoch reads from the cache, in random order. */
export async function cacheRow({ onProgress }: FeaturesBenchOptions): Promise<BenchRow> {
  onProgress?.("reading the cache");
  const folder = await noiseFolder(1);
  try {
    // 128 frames of 64 bands: as many numbers as 64 frames of 128.
    const input: InputOptions = { preset: "respirenet", seconds: 4.064, hop: 0.1, padding: "zero" };
    const items = [{ path: `${folder}/0.wav`, start: 0, end: Infinity }];
    const store = await openFeatureStore(items, input, { cacheFolder: `${folder}/cache`, workers: 1 });
    const into = new Float32Array(windowSize(store));
    const stream = randomStream(0, "bench/reading");
    const order = Array.from({ length: 50_000 }, () => stream.integer(store.count));
    const started = performance.now();
    for (const window of order) store.read(window, into, 0);
    const ours = 1000 * order.length / (performance.now() - started);
    store.close();
    const setting = `windows of ${store.frames} x ${store.bands}, random order`;
    const alone = { peer: null, theirs: null, ratio: null };
    return { bench: "features", model: "cache", setting, threads: 1, ...alone, ours, unit: "windows/s" };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
