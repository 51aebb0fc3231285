// What replicas of one thread each reach on more cores than this machine has: deno task bench --only replicas
import { cpus } from "node:os";
import process from "node:process";
import { openEngine } from "../lib/engines/mod.ts";
import { layerGroups } from "../lib/engines/layers_of.ts";
import { weightRules } from "../lib/engines/weight_rules.ts";
import { blockSize } from "../lib/engines/ort/block_size.ts";
import { compileGradient } from "../lib/engines/ort/compile_step.ts";
import { importModel } from "../lib/engines/ort/import_model.ts";
import { sizeOf } from "../lib/engines/ort/onnx/rearrange.ts";
import { writeModel } from "../lib/engines/ort/onnx/write_model.ts";
import { optimizerRule } from "../lib/engines/ort/optimizers/mod.ts";
import { loadRuntime, tensorOf } from "../lib/engines/ort/ort_runtime.ts";
import { pack, packedData } from "../lib/engines/ort/pack_parameters.ts";
import { addGradients, slicesOf } from "../lib/engines/ort/steps/add_gradients.ts";
import { batchParts } from "../lib/engines/ort/steps/batch_parts.ts";
import { remoteReplica } from "../lib/engines/ort/steps/remote_replica.ts";
import { createReplica } from "../lib/engines/ort/steps/replica.ts";
import {
  commonBytes,
  replicaBytes,
  replicaMemory,
  type ReplicaSizes,
} from "../lib/engines/ort/steps/replica_memory.ts";
import { hostPlace } from "../lib/engines/ort/steps/state_place.ts";
import { trainingState } from "../lib/engines/ort/steps/training_state.ts";
import { updateRunner, updateThreads } from "../lib/engines/ort/steps/update_runner.ts";
import { markdownTable } from "../lib/files/mod.ts";
import { buildModel } from "../lib/models/mod.ts";
import { speedOf } from "./speed.ts";
import { BENCH_MODELS } from "./training.ts";
import { BATCH, type BenchModel, noiseBatch, SHAPE, TRAINING } from "./training_setting.ts";

const CORES = [1, 2, 4, 8, 16];
/** Times that each piece is measured at least, and milliseconds. */
const REPEATS = 7, ENOUGH = 1000;

/** Options of {@linkcode replicasBench}. */
export interface ReplicasBenchOptions {
  /** @default {all of the bench} */
  models?: readonly BenchModel[];
  seconds?: number;
  onProgress?: (line: string) => void;
}

/** Milliseconds of the processor that each call takes: what else runs on the machine doesn't count. */
async function timesOf(act: () => unknown): Promise<number[]> {
  await act();
  const times: number[] = [];
  for (let spent = 0; times.length < REPEATS || spent < ENOUGH; spent += times.at(-1)!) {
    const before = process.cpuUsage();
    await act();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return times.toSorted((a, b) => a - b);
}

const median = (times: readonly number[]) => times[times.length >> 1];

/** The mean of the slowest of `n`, each drawn from sorted times. */
function slowestOf(times: readonly number[], n: number): number {
  const upTo = (rank: number) => (rank / times.length) ** n;
  return times.reduce((sum, time, i) => sum + time * (upTo(i + 1) - upTo(i)), 0);
}

/** The pieces of a step of a network. */
async function piecesOf(kind: BenchModel) {
  const runtime = await loadRuntime();
  const model = await buildModel(kind, SHAPE);
  const block = await blockSize(runtime);
  const program = importModel(model, BATCH);
  const optimizer = optimizerRule(TRAINING.optimizer);
  const weights = packedData(pack(program, "trained")), statistics = packedData(pack(program, "statistic"));
  const state = trainingState({
    ...{ weights, statistics },
    ...Object.fromEntries(optimizer.slots.map((name) => [name, new Float32Array(weights.length)])),
  });
  const options = { ...TRAINING, batchSize: BATCH, seed: 0 };
  const groups = layerGroups(model, []), rules = weightRules(model);
  const inputShape = program.input.shape.slice(1), outputs = program.output.shape[1];
  const context = { runtime, block, model, options, optimizer, rules, groups, state, inputShape, outputs };
  const update = await updateRunner(context, program, hostPlace(runtime, state));
  const sizes: ReplicaSizes = {
    ...{ capacity: BATCH, inputSize: sizeOf(inputShape), outputs },
    ...{ weights: weights.length, statistics: statistics.length },
  };
  const batch = noiseBatch();
  const scalars = optimizer.scalars({ learningRate: 1e-3 }, 0);
  const gradient = new Float32Array(weights.length),
    other = new Float32Array(new SharedArrayBuffer(gradient.byteLength));
  return {
    sizes,
    update: await timesOf(() => update.run(tensorOf(runtime, gradient, [gradient.length]), scalars)).finally(
      update.dispose,
    ),
    copy: await timesOf(() => other.set(gradient)),
    /** One thread's slice of the sum of `n` gradients. */
    add: (n: number) => {
      const parts = Array.from({ length: n }, () => new Float32Array(new SharedArrayBuffer(gradient.byteLength)));
      return timesOf(() => addGradients(parts, other, slicesOf(gradient.length, n)[0]));
    },
    /** Forward and backward of the largest part of a batch in `n`. */
    async part(n: number) {
      const [{ count }] = batchParts(BATCH, n);
      const { model: onnx, noises } = compileGradient(importModel(model, count), { loss: TRAINING.loss, block });
      const replica = createReplica(runtime, { seed: 0, index: 0 });
      await replica.open({ count, bytes: writeModel(onnx), noises, inputShape, outputs });
      const memory = replicaMemory(new ArrayBuffer(replicaBytes(sizes)), sizes, count);
      memory.inputs.set(batch.inputs.subarray(0, memory.inputs.length));
      memory.targets.set(batch.targets.subarray(0, memory.targets.length));
      memory.shares.fill(1);
      const inputs = { ...memory, weights, statistics, step: 0 };
      return await timesOf(() => replica.run(count, inputs, memory.results)).finally(replica.dispose);
    },
  };
}

/** Milliseconds by the clock for a thread to be told something and to answer. */
async function messageTime(): Promise<number> {
  const sizes = { capacity: 1, inputSize: 1, outputs: 1, weights: 1, statistics: 0 };
  const buffer = () => new SharedArrayBuffer(replicaBytes(sizes));
  const shared = { common: new SharedArrayBuffer(commonBytes(sizes)), replicas: [buffer(), buffer()] };
  const replica = await remoteReplica({ sizes, seed: 0, index: 1, shared });
  const { perSecond } = await speedOf(1, 1, () => replica.add(0, { from: 0, to: 0 }));
  await replica.dispose();
  return 1000 / perSecond;
}

/** Examples a second by the clock, on cores that are here. */
async function measured(kind: BenchModel, threads: number, seconds: number): Promise<number> {
  const { engine } = await openEngine("ort", { threads });
  const model = await buildModel(kind, SHAPE);
  const session = await engine.train(model, { ...TRAINING, batchSize: BATCH, seed: 0, threads });
  const batch = noiseBatch();
  const { perSecond } = await speedOf(BATCH, seconds, () => session.step(batch, { learningRate: 1e-3 }));
  await session.dispose();
  model.dispose();
  return perSecond;
}

/**
 * A step by its pieces, each measured on one core: the slowest part of the batch, the exchange (weights to all and each
 * replica's copies, gradients back, slices of the sum, four messages), the update, of many weights by all threads. That
 * cores share their way to memory is not in it.
 */
export async function replicasBench(
  { models = BENCH_MODELS, seconds = 2, onProgress }: ReplicasBenchOptions,
): Promise<string> {
  const message = await messageTime();
  const rows: string[][] = [];
  for (const kind of models) {
    const pieces = await piecesOf(kind);
    const megabytes = 4e-6 * pieces.sizes.weights;
    let alone = 0, first = 0;
    for (const n of CORES) {
      onProgress?.(`replicas ${kind}, ${n} cores`);
      const times = await pieces.part(n);
      // Weights out, weights in, gradient out, gradient of the first out, the sum in.
      const exchange = n === 1 ? 0 : 5 * median(pieces.copy) + median(await pieces.add(n)) + 2 * message;
      const update = median(pieces.update) / updateThreads(pieces.sizes.weights, n);
      const step = slowestOf(times, n) + exchange + update;
      const here = n <= navigator.hardwareConcurrency ? await measured(kind, n, seconds) : undefined;
      if (n === 1) [alone, first] = [step, here!];
      rows.push([
        ...[kind, `${n}`, `${batchParts(BATCH, n)[0].count}`, ms(median(times)), ms(slowestOf(times, n))],
        ...[(2 * megabytes * n).toPrecision(3), ms(exchange), ms(update), ms(step)],
        ...[(alone / step).toFixed(2), here === undefined ? "-" : (here / first).toFixed(2)],
      ]);
    }
  }
  const machine = `${cpus()[0]?.model.trim()}, ${navigator.hardwareConcurrency} cores; batches of ${BATCH}`;
  return `${machine}.\n\n` + markdownTable([
    ...["network", "cores", "examples a part", "part, ms", "slowest part, ms"],
    ...["exchanged, MB", "exchange, ms", "update, ms", "step, ms", "speed-up", "speed-up, measured"],
  ], rows);
}

const ms = (time: number) => time.toPrecision(3);
