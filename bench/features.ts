// Features against librosa 0.11, in the same run: deno task bench --only features
import { encodeWav } from "../lib/audio/mod.ts";
import { type InputOptions, logMel, openFeatureStore, presets, type StoreItem } from "../lib/features/mod.ts";
import { randomStream } from "../lib/random/mod.ts";
import { join } from "node:path";
import process from "node:process";
import type { BenchRow } from "./bench_row.ts";
import { faster, type Speed } from "./speed.ts";

/** Options of {@linkcode featuresBench}. */
export interface FeaturesBenchOptions {
  /** A Python with librosa, soxr, soundfile and scipy; without one the columns of the peers stay empty. */
  python?: string;
  /** Folder with `sprsound/`; without it the pipeline over real recordings is left out. */
  datasets?: string;
  /** Hours of sound that the memory is measured on. @default {100} */
  hours?: number;
  onProgress?: (line: string) => void;
}

/** Ours and theirs take turns, and the best of all rounds counts: what else runs on the machine only ever slows down. */
const ROUNDS = 3;

const SETTINGS = [
  { sampleRate: 4000, nFft: 256, hopLength: 64, nMels: 64 },
  { sampleRate: 16000, nFft: 1024, hopLength: 512, nMels: 64 },
  { sampleRate: 16000, nFft: 2048, hopLength: 512, nMels: 128 },
];

/** log-Mel in one thread, recordings to cached features on all cores, reading the cache, and the memory of it all. */
export async function featuresBench(options: FeaturesBenchOptions = {}): Promise<BenchRow[]> {
  return [
    ...await logMelRows(options),
    ...await pipelineRows(options),
    await readingRow(options),
    await memoryRow(options),
  ];
}

async function logMelRows({ python, onProgress }: FeaturesBenchOptions): Promise<BenchRow[]> {
  const ours = SETTINGS.map(() => 0), theirs = SETTINGS.map(() => 0);
  let peer = "librosa";
  for (let round = 0; round < ROUNDS; round++) {
    onProgress?.(`log-Mel, round ${round + 1} of ${ROUNDS}`);
    SETTINGS.forEach((setting, i) => ours[i] = Math.max(ours[i], framesPerSecond(setting)));
    const answer = await ask<{ version: string; framesPerSecond: number[] }>(python, [
      "log-mel",
      JSON.stringify(SETTINGS),
    ]);
    if (!answer) continue;
    peer = `librosa ${answer.version}`;
    answer.framesPerSecond.forEach((rate, i) => theirs[i] = Math.max(theirs[i], rate));
  }
  return SETTINGS.map(({ sampleRate, nFft, hopLength, nMels }, i) => ({
    bench: "features",
    model: "log-mel",
    setting: `${sampleRate / 1000} kHz, ${nFft}/${hopLength}/${nMels}`,
    threads: 1,
    peer,
    ...compared(ours[i], theirs[i]),
    unit: "frames/s",
  }));
}

function framesPerSecond(setting: typeof SETTINGS[number]): number {
  const stream = randomStream(0, "bench/noise");
  const samples = Float32Array.from({ length: 30 * setting.sampleRate }, () => stream.uniform(-1, 1));
  const preset = { ...presets.respirenet, ...setting, winLength: setting.nFft, fMin: 0, fMax: setting.sampleRate / 2 };
  const { frames } = logMel(samples, preset);
  let best = Infinity;
  for (let i = 0; i < 20; i++) {
    const started = performance.now();
    logMel(samples, preset);
    best = Math.min(best, performance.now() - started);
  }
  return 1000 * frames / best;
}

/** 4 kHz, band-pass, 2.56 s windows: what a run on lung sounds extracts. bench/peers/features.py does the same. */
const PIPELINE: InputOptions = {
  preset: "respirenet",
  change: { preparation: { bandpass: { low: 50, high: 1900, order: 4, zeroPhase: true } } },
  seconds: 2.56,
  padding: "zero",
};

async function pipelineRows({ python, datasets, onProgress }: FeaturesBenchOptions): Promise<BenchRow[]> {
  const folder = `${datasets}/sprsound/BioCAS2022/train2022_wav`;
  const names = datasets ? await listed(folder) : [];
  if (names.length === 0) return [];
  const items = names.map((name) => ({ path: `${folder}/${name}`, start: 0, end: Infinity }));
  const workers = navigator.hardwareConcurrency;
  let ours: Speed | undefined, theirs: Speed | undefined;
  for (let round = 0; round < 2; round++) {
    onProgress?.(`${names.length} recordings to cached features, round ${round + 1} of 2`);
    ours = faster(ours, await pipelineSpeed(items, workers));
    theirs = faster(theirs, await ask<Speed>(python, ["pipeline", folder, `${workers}`]));
  }
  const row = {
    bench: "features",
    model: "recordings to cache",
    setting: `sprsound, ${names.length} recordings`,
    threads: workers,
    peer: "soundfile + soxr + scipy + librosa, multiprocessing",
  };
  return [
    { ...row, ...compared(ours!.perSecond, theirs?.perSecond ?? 0), unit: "recordings/s" },
    // Other programs on the machine take time from the clock, but not from the processor's.
    { ...row, ...compared(ours!.perCpuSecond, theirs?.perCpuSecond ?? 0), unit: "recordings/CPU s" },
  ];
}

async function pipelineSpeed(items: StoreItem[], workers: number): Promise<Speed> {
  const cacheFolder = await Deno.makeTempDir({ prefix: "bench-features-" });
  try {
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    const store = await openFeatureStore(items, PIPELINE, { cacheFolder, workers });
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

async function readingRow({ onProgress }: FeaturesBenchOptions): Promise<BenchRow> {
  onProgress?.("reading the cache");
  const folder = await syntheticFolder(1);
  try {
    // 128 frames of 64 bands: as many numbers as 64 frames of 128.
    const input: InputOptions = { preset: "respirenet", seconds: 4.064, hop: 0.1, padding: "zero" };
    const items = [{ path: `${folder}/0.wav`, start: 0, end: Infinity }];
    const store = await openFeatureStore(items, input, { cacheFolder: `${folder}/cache`, workers: 1 });
    const into = new Float32Array(store.frames * store.nMels);
    const stream = randomStream(0, "bench/reading");
    const order = Array.from({ length: 50_000 }, () => stream.integer(store.count));
    const started = performance.now();
    for (const window of order) store.read(window, into, 0);
    const rate = 1000 * order.length / (performance.now() - started);
    store.close();
    return {
      bench: "features",
      model: "cache",
      setting: `windows of ${store.frames} x ${store.nMels}, random order`,
      threads: 1,
      peer: null,
      ...compared(rate, 0),
      unit: "windows/s",
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function memoryRow({ hours = 100, onProgress }: FeaturesBenchOptions): Promise<BenchRow> {
  onProgress?.(`memory while features of ${hours} hours are extracted`);
  const workers = navigator.hardwareConcurrency;
  const folder = await syntheticFolder(6);
  try {
    // A process of its own: the peak of this one has other reasons.
    const { stdout, success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--allow-all",
        join(import.meta.dirname!, "features_memory.ts"),
        folder,
        `${hours}`,
        `${workers}`,
      ],
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
    return {
      bench: "features",
      model: "recordings to cache",
      setting: `${hours} h at 4 kHz, peak memory`,
      threads: workers,
      peer: null,
      ...compared(Number(new TextDecoder().decode(stdout)), 0),
      unit: "MB",
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A folder with recordings of noise, ten minutes each, at 4 kHz. */
async function syntheticFolder(recordings: number): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "bench-features-" });
  for (let i = 0; i < recordings; i++) {
    const stream = randomStream(i, "bench/recording");
    const samples = Float32Array.from({ length: 600 * 4000 }, () => stream.uniform(-0.5, 0.5));
    await Deno.writeFile(`${folder}/${i}.wav`, encodeWav(samples, { sampleRate: 4000 }));
  }
  return folder;
}

/** What bench/peers/features.py answers, or nothing where Python or its libraries aren't there. */
async function ask<Answer>(python: string | undefined, args: string[]): Promise<Answer | undefined> {
  if (!python || !await runs(python, ["-c", "import librosa, scipy, soundfile, soxr"])) return undefined;
  const script = join(import.meta.dirname!, "peers", "features.py");
  const { stdout, success, stderr } = await new Deno.Command(python, { args: [script, ...args] }).output();
  if (!success) throw new Error(`${python} ${script} ${args[0]}: ${new TextDecoder().decode(stderr).trim()}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

async function runs(program: string, args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args, stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false;
  }
}

function compared(ours: number, theirs: number): Pick<BenchRow, "ours" | "theirs" | "ratio"> {
  return theirs === 0 ? { ours, theirs: null, ratio: null } : { ours, theirs, ratio: ours / theirs };
}

async function listed(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
