// Predictions against Python's onnxruntime and PyTorch, in the same run: deno task bench --only inference
import { exportOnnx } from "../lib/engines/ort/mod.ts";
import { loadRuntime, openSession, tensorOf } from "../lib/engines/ort/ort_runtime.ts";
import { buildModel } from "../lib/models/mod.ts";
import { randomStream } from "../lib/random/mod.ts";
import type { BenchRow } from "./bench_row.ts";
import { comparedRows, type MeasureOptions, speedOf } from "./speed.ts";

/** Options of {@linkcode inferenceBench}. */
export interface InferenceBenchOptions extends MeasureOptions {
  /** A Python with onnxruntime, or torch; the columns of what it lacks stay empty. */
  python?: string;
  /** @default {[1, 64]} */
  batches?: number[];
  /** @default {[1, 2]} */
  threads?: number[];
  onProgress?: (line: string) => void;
}

const SHAPE = { frames: 64, bands: 128, channels: 1, classes: 4, seed: 0 };

/** Speed of the exported `cnn`, the file that a bundle holds. */
export async function inferenceBench(options: InferenceBenchOptions = {}): Promise<BenchRow[]> {
  const { batches = [1, 64], threads = [1, 2] } = options;
  const model = await buildModel({ kind: "cnn" }, SHAPE);
  const bytes = exportOnnx(model);
  model.dispose();
  const folder = await Deno.makeTempDir({ prefix: "bench-inference-" });
  const path = `${folder}/model.onnx`;
  try {
    await Deno.writeFile(path, bytes);
    const rows: BenchRow[] = [];
    for (const batch of batches) {
      for (const count of threads) rows.push(...await batchRows({ path, bytes, batch, threads: count }, options));
    }
    return rows;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

interface Measured {
  path: string;
  bytes: Uint8Array;
  batch: number;
  threads: number;
}

async function batchRows(
  { path, bytes, batch, threads }: Measured,
  { python, seconds = 2, rounds, onProgress }: InferenceBenchOptions,
): Promise<BenchRow[]> {
  onProgress?.(`inference, batch ${batch}, ${threads} threads`);
  const args = ["--batch", `${batch}`, "--threads", `${threads}`, "--seconds", `${seconds}`];
  const torch = { script: "training_torch.py", libraries: "torch" };
  const torchArgs = ["--model", "cnn", "--inference", ...args];
  const peers = [
    {
      peer: "onnxruntime",
      script: "inference_onnxruntime.py",
      libraries: "onnxruntime",
      args: ["--path", path, ...args],
    },
    { peer: "pytorch", ...torch, args: torchArgs },
    { peer: "pytorch-channels-last", ...torch, args: [...torchArgs, "--channels-last"] },
  ];
  const runtime = await loadRuntime();
  const session = await openSession(runtime, bytes, { threads });
  const stream = randomStream(0, "bench/inputs");
  const { frames, bands, classes } = SHAPE;
  const values = Float32Array.from({ length: batch * frames * bands }, () => stream.normal());
  const input = tensorOf(runtime, values, [batch, frames, bands, 1]);
  const logits = tensorOf(runtime, new Float32Array(batch * classes), [batch, classes]);
  const what = { bench: "inference", model: "cnn", setting: `batch ${batch}, ${frames}x${bands}`, threads };
  try {
    const ours = () => speedOf(batch, seconds, () => session.run({ input }, { logits }));
    return await comparedRows(what, ours, { python, peers, rounds });
  } finally {
    await session.release();
  }
}
