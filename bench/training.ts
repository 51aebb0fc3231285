// Training steps against PyTorch and Keras, in the same run: deno task bench --only training
import { fileURLToPath } from "node:url";
import { openEngine } from "../lib/engines/mod.ts";
import { profileStep } from "./profile_step.ts";
import { buildModel } from "../lib/models/mod.ts";
import type { BenchRow } from "./bench_row.ts";
import { ownNetworkRows } from "./own_network.ts";
import { comparedRows, type MeasureOptions, speedOf } from "./speed.ts";
import { BATCH, type BenchModel, noiseBatch, SHAPE, TRAINING } from "./training_setting.ts";

/** Options of {@linkcode trainingBench}. */
export interface TrainingBenchOptions extends MeasureOptions {
  /** A Python with torch, or keras and tensorflow; the columns of what it lacks stay empty. */
  python?: string;
  /** @default {["cnn", "cnn6", "lightCnn", "crnn"]} */
  models?: BenchModel[];
  /** @default {[1, 2]} */
  threads?: number[];
  onProgress?: (line: string) => void;
}

const PEERS = [
  { peer: "pytorch", script: "training_torch.py", libraries: "torch", extra: [] },
  { peer: "pytorch-channels-last", script: "training_torch.py", libraries: "torch", extra: ["--channels-last"] },
  { peer: "keras", script: "training_keras.py", libraries: "keras, tensorflow", extra: [] },
];

/** The networks that are measured. */
export const BENCH_MODELS: readonly BenchModel[] = ["cnn", "cnn6", "lightCnn", "crnn"];

/** Speed of a training step of each network by each thread count, time to compile it, its memory, where its time goes. */
export async function trainingBench(options: TrainingBenchOptions = {}): Promise<BenchRow[]> {
  const { models = BENCH_MODELS, threads = [1, 2] } = options;
  const rows: BenchRow[] = [];
  for (const model of models) {
    for (const count of threads) rows.push(...await modelRows(model, count, options));
    options.onProgress?.(`training ${model}, memory and share of time by operation`);
    rows.push(await memoryRow(model), ...await shareRows(model));
  }
  return [...rows, ...await ownNetworkRows(options)];
}

async function modelRows(
  kind: BenchModel,
  threads: number,
  { python, seconds = 2, rounds, onProgress }: TrainingBenchOptions,
): Promise<BenchRow[]> {
  onProgress?.(`training ${kind}, ${threads} threads`);
  const args = ["--model", kind, "--threads", `${threads}`, "--seconds", `${seconds}`, "--batch", `${BATCH}`];
  const peers = PEERS.map(({ extra, ...peer }) => ({ ...peer, args: [...args, ...extra] }));
  const { engine } = await openEngine("ort", { threads });
  const model = await buildModel(kind, SHAPE);
  const started = performance.now();
  const session = await engine.train(model, { ...TRAINING, batchSize: BATCH, seed: 0, threads });
  const compileSeconds = (performance.now() - started) / 1000;
  const batch = noiseBatch();
  const setting = `batch ${BATCH}, ${SHAPE.frames}x${SHAPE.bands}`;
  const what = { bench: "training", model: kind, setting, threads };
  try {
    const ours = () => speedOf(BATCH, seconds, () => session.step(batch, { learningRate: 1e-3 }));
    return [
      ...await comparedRows(what, ours, { python, peers, rounds }),
      alone({ ...what, setting: "time to compile" }, compileSeconds, "s"),
    ];
  } finally {
    await session.dispose();
    model.dispose();
  }
}

/** The peak of a process of its own, beside the numbers that all layers of the network put out for a batch. */
async function memoryRow(kind: BenchModel): Promise<BenchRow> {
  const model = await buildModel(kind, SHAPE);
  const outputs = model.layers.reduce(
    (sum, { outputShape }) =>
      sum + (outputShape as (number | null)[]).reduce<number>((size, extent) => size * (extent ?? BATCH), 1),
    0,
  );
  model.dispose();
  const { stdout, success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", fileURLToPath(new URL("./training_memory.ts", import.meta.url)), kind],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const setting = `memory of a step (outputs of all layers: ${(4e-6 * outputs).toFixed(0)} MB)`;
  const what = { bench: "training", model: kind, setting, threads: 1 };
  return alone(what, Number(new TextDecoder().decode(stdout)), "MB");
}

/** The kinds of node that take more than a twentieth of a step, by onnxruntime's own profile. */
async function shareRows(kind: BenchModel): Promise<BenchRow[]> {
  const model = await buildModel(kind, SHAPE);
  const shares = await profileStep(model, { ...TRAINING, batchSize: BATCH, seed: 0 }, noiseBatch());
  model.dispose();
  const what = (op: string) => ({ bench: "training", model: kind, setting: `share of ${op}`, threads: 1 });
  return shares.filter(({ share }) => share > 0.05).map(({ op, share }) => alone(what(op), 100 * share, "% of a step"));
}

function alone(
  what: Pick<BenchRow, "bench" | "model" | "setting" | "threads">,
  ours: number,
  unit: string,
): BenchRow {
  return { ...what, peer: null, ours, theirs: null, ratio: null, unit };
}
