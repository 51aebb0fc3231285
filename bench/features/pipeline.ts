import process from "node:process";
import { type InputOptions, openFeatureStore, type StoreItem } from "../../lib/features/mod.ts";
import type { BenchRow } from "../bench_row.ts";
import type { FeaturesBenchOptions } from "../features.ts";
import { faster, type Speed } from "../speed.ts";
import { openFeaturesPeer } from "./features_peer.ts";

/** 4 kHz, band-pass, 2.56 s windows: what a run on lung sounds extracts. bench/peers/features.py does the same. */
const PIPELINE: InputOptions = {
  preset: "respirenet",
  change: { preparation: { bandpass: { low: 50, high: 1900, order: 4, zeroPhase: true } } },
  seconds: 2.56,
  padding: "zero",
};

/** Recordings to cached features on all cores: decode, resample, band-pass, log-Mel, write. */
export async function pipelineRows(
  { python, datasets, rounds = 2, onProgress }: FeaturesBenchOptions,
): Promise<BenchRow[]> {
  const folder = `${datasets}/sprsound/BioCAS2022/train2022_wav`;
  const names = datasets ? await listed(folder) : [];
  if (names.length === 0) return [];
  onProgress?.(`${names.length} recordings to cached features`);
  const items = names.map((name) => ({ path: `${folder}/${name}`, start: 0, end: Infinity }));
  const workers = navigator.hardwareConcurrency;
  const program = await openFeaturesPeer(python, ["pipeline", folder, `${workers}`]);
  let ours: Speed | undefined, theirs: Speed | undefined;
  for (let round = 0; round < rounds; round++) {
    ours = faster(ours, await pipelineSpeed(items, workers));
    theirs = faster(theirs, await program?.measure<Speed>());
  }
  await program?.close();
  const row = (key: keyof Speed, unit: string): BenchRow => ({
    bench: "features",
    model: "recordings to cache",
    setting: `sprsound, ${names.length} recordings`,
    threads: workers,
    peer: theirs ? "soundfile + soxr + scipy + librosa, multiprocessing" : null,
    ours: ours![key],
    theirs: theirs ? theirs[key] : null,
    ratio: theirs ? ours![key] / theirs[key] : null,
    unit,
  });
  // Other programs on the machine take time from the clock, but not from the processor's.
  return [row("perSecond", "recordings/s"), row("perCpuSecond", "recordings/CPU s")];
}

/** Recordings a second, decoded to cached features of an input. */
export async function pipelineSpeed(items: StoreItem[], workers: number, input = PIPELINE): Promise<Speed> {
  const cacheFolder = await Deno.makeTempDir({ prefix: "bench-features-" });
  try {
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    const store = await openFeatureStore(items, input, { cacheFolder, workers });
    store.close();
    const { user, system } = process.cpuUsage(cpu); // of all threads
    return {
      perSecond: 1000 * items.length / (performance.now() - started),
      perCpuSecond: 1e6 * items.length / (user + system),
    };
  } finally {
    await Deno.remove(cacheFolder, { recursive: true });
  }
}

async function listed(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
