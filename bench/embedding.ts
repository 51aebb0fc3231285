// Embeddings of an encoder against Python's onnxruntime on the same files: deno task bench --only embedding
import { encodeWav } from "../lib/audio/mod.ts";
import { encoderPath, type InputOptions, openFeatureStore, speechEmbedding } from "../lib/features/mod.ts";
import process from "node:process";
import { randomStream } from "../lib/random/mod.ts";
import type { BenchRow } from "./bench_row.ts";
import { openPeer } from "./peer_program.ts";
import { faster, type PeerSpeed, type Speed } from "./speed.ts";

export interface EmbeddingBenchOptions {
  /** A Python with onnxruntime, soundfile and soxr; without it the column stays empty. */
  python?: string;
  /** @default {1000} */
  recordings?: number;
  /** Ours and theirs take turns so often; the best counts. @default {2} */
  rounds?: number;
  onProgress?: (line: string) => void;
}

const SECONDS = 5, RATE = 4000;

/** Recordings a second from files to kept embeddings on all cores: decode, resample, front end, windows, encoder. */
export async function embeddingBench(options: EmbeddingBenchOptions = {}): Promise<BenchRow[]> {
  const { python, recordings = 1000, rounds = 2, onProgress } = options;
  onProgress?.(`embeddings of ${recordings} recordings`);
  const folder = await Deno.makeTempDir({ prefix: "bench-embedding-" });
  try {
    const items = await noises(folder, recordings);
    const encoder = speechEmbedding() as ReturnType<typeof speechEmbedding> & Described;
    const input: InputOptions = { ...encoder, seconds: SECONDS, padding: "zero" };
    const workers = navigator.hardwareConcurrency;
    const files = await Promise.all([encoder.input.file, encoder.file].map(encoderPath));
    const { sampleRate, window, step } = encoder;
    const program = await openPeer(python, {
      script: "embedding.py",
      libraries: "onnxruntime, soundfile, soxr",
      args: [folder, `${workers}`, ...files, ...[sampleRate, window, step].map(String)],
    });
    let ours: Speed | undefined, theirs: PeerSpeed | undefined;
    for (let round = 0; round < rounds; round++) {
      ours = faster(ours, await embedded(items, { input, workers, cacheFolder: `${folder}/${round}` }));
      theirs = faster(theirs, await program?.measure<PeerSpeed>());
    }
    await program?.close();
    const row = (key: keyof Speed, unit: string): BenchRow => ({
      ...{ bench: "embedding", model: "speech embedding", threads: workers },
      setting: `${recordings} recordings of ${SECONDS} s, 4 to 16 kHz, windows of .775 s each .08 s`,
      peer: theirs ? `soundfile + soxr + onnxruntime ${theirs.version}, multiprocessing` : null,
      ours: ours![key],
      theirs: theirs?.[key] ?? null,
      ratio: theirs ? ours![key] / theirs[key] : null,
      unit,
    });
    // Other programs on the machine take time from the clock, but not from the processor's.
    return [row("perSecond", "recordings/s"), row("perCpuSecond", "recordings/CPU s")];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Described {
  file: string;
  input: { file: string };
  sampleRate: number;
  window: number;
  step: number;
}

type Item = Parameters<typeof openFeatureStore>[0][number];

async function embedded(
  items: Item[],
  { input, ...options }: { input: InputOptions; workers: number; cacheFolder: string },
): Promise<Speed> {
  const started = performance.now(), cpu = process.cpuUsage();
  (await openFeatureStore(items, input, options)).close();
  const { user, system } = process.cpuUsage(cpu); // of all threads
  return {
    perSecond: 1000 * items.length / (performance.now() - started),
    perCpuSecond: 1e6 * items.length / (user + system),
  };
}

async function noises(folder: string, recordings: number): Promise<Item[]> {
  return await Promise.all(Array.from({ length: recordings }, async (_, i) => {
    const stream = randomStream(i, "bench/recording"), path = `${folder}/${i}.wav`;
    const samples = Float32Array.from({ length: SECONDS * RATE }, () => stream.uniform(-0.5, 0.5));
    await Deno.writeFile(path, encodeWav(samples, { sampleRate: RATE }));
    return { path, start: 0, end: Infinity };
  }));
}
