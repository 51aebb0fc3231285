// Training steps against PyTorch and Keras, in the same run: deno task bench --only training
import { type Batch, openEngine } from "../lib/engines/mod.ts";
import { profileStep } from "../lib/engines/ort/profile_step.ts";
import { buildModel, type ModelOptions } from "../lib/models/mod.ts";
import { randomStream } from "../lib/random/mod.ts";
import type { BenchRow } from "./bench_row.ts";
import { faster, type PeerSpeed, peerSpeed, type Speed, speedOf, speedRows } from "./speed.ts";

/** Options of {@linkcode trainingBench}. */
export interface TrainingBenchOptions {
  /** A Python with torch, or keras and tensorflow; the columns of what it lacks stay empty. */
  python?: string;
  /** @default {["cnn", "cnn6", "lightCnn", "crnn"]} */
  models?: BenchModel[];
  /** @default {[1, 2]} */
  threads?: number[];
  /** Seconds of each measurement. @default {4} */
  seconds?: number;
  /** Ours and theirs take turns so often. @default {2} */
  rounds?: number;
  onProgress?: (line: string) => void;
}

/** The networks that the peers know too. */
export type BenchModel = Extract<ModelOptions["kind"], "cnn" | "cnn6" | "lightCnn" | "crnn">;

const BATCH = 32;
const SHAPE = { frames: 64, nMels: 128, classes: 4, seed: 0 };
const SETTING = `batch ${BATCH}, ${SHAPE.frames}x${SHAPE.nMels}`;

const PEERS = [
  { peer: "pytorch", script: "training_torch.py", library: "torch", extra: [] },
  { peer: "pytorch-channels-last", script: "training_torch.py", library: "torch", extra: ["--channels-last"] },
  { peer: "keras", script: "training_keras.py", library: "keras, tensorflow", extra: [] },
];

/** Speed of a training step of each network by each thread count, time to compile it, and where its time goes. */
export async function trainingBench(options: TrainingBenchOptions = {}): Promise<BenchRow[]> {
  const { models = ["cnn", "cnn6", "lightCnn", "crnn"], threads = [1, 2] } = options;
  const rows: BenchRow[] = [];
  for (const model of models) {
    for (const count of threads) rows.push(...await modelRows(model, count, options));
    rows.push(...await shareRows(model, options));
  }
  return rows;
}

async function modelRows(model: BenchModel, threads: number, options: TrainingBenchOptions): Promise<BenchRow[]> {
  const { python, seconds = 4, rounds = 2, onProgress } = options;
  let ours: Speed | undefined;
  let compileSeconds = Infinity;
  const theirs = PEERS.map((): PeerSpeed | undefined => undefined);
  for (let round = 1; round <= rounds; round++) {
    onProgress?.(`training ${model}, ${threads} threads, round ${round} of ${rounds}`);
    const measured = await ourSpeed(model, { threads, seconds });
    ours = faster(ours, measured.speed);
    compileSeconds = Math.min(compileSeconds, measured.compileSeconds);
    for (const [i, { script, library, extra }] of PEERS.entries()) {
      const args = ["--model", model, "--threads", `${threads}`, "--seconds", `${seconds}`, "--batch", `${BATCH}`];
      theirs[i] = faster(theirs[i], await peerSpeed(python, { script, library, args: [...args, ...extra] }));
    }
  }
  const what = { bench: "training", model, setting: SETTING, threads };
  const compared = PEERS.flatMap(({ peer }, i) => theirs[i] ? speedRows(what, ours!, { peer, theirs: theirs[i] }) : []);
  return [
    ...(compared.length > 0 ? compared : speedRows(what, ours!, { peer: null, theirs: undefined })),
    { ...what, setting: "time to compile", peer: null, ours: compileSeconds, theirs: null, ratio: null, unit: "s" },
  ];
}

async function ourSpeed(kind: BenchModel, { threads, seconds }: { threads: number; seconds: number }) {
  const { engine } = await openEngine("ort", { threads });
  const model = await buildModel({ kind }, SHAPE);
  const started = performance.now();
  const session = await engine.train(model, { ...TRAINING, batchSize: BATCH, seed: 0 });
  const compileSeconds = (performance.now() - started) / 1000;
  const batch = noiseBatch();
  const speed = await speedOf(BATCH, seconds, () => session.step(batch, { learningRate: 1e-3 }));
  await session.dispose();
  model.dispose();
  return { speed, compileSeconds };
}

const TRAINING = { loss: { kind: "categorical-cross-entropy" }, optimizer: { kind: "adam" } } as const;

function noiseBatch(): Batch {
  const stream = randomStream(0, "bench/batch");
  const { frames, nMels, classes } = SHAPE;
  return {
    inputs: Float32Array.from({ length: BATCH * frames * nMels }, () => stream.normal()),
    targets: Float32Array.from({ length: BATCH * classes }, (_, i) => i % (classes + 1) === 0 ? 1 : 0),
    weights: new Float32Array(BATCH).fill(1),
    count: BATCH,
  };
}

/** The kinds of node that take more than a twentieth of a step. */
async function shareRows(kind: BenchModel, { onProgress }: TrainingBenchOptions): Promise<BenchRow[]> {
  onProgress?.(`training ${kind}, share of time by operation`);
  const model = await buildModel({ kind }, SHAPE);
  const shares = await profileStep(model, { ...TRAINING, batchSize: BATCH, seed: 0 }, noiseBatch());
  model.dispose();
  return shares.filter(({ share }) => share > 0.05).map(({ op, share }) => ({
    bench: "training",
    model: kind,
    setting: `share of ${op}`,
    threads: 1,
    peer: null,
    ours: 100 * share,
    theirs: null,
    ratio: null,
    unit: "% of a step",
  }));
}
