import type { Tensor } from "onnxruntime-node";
import { InputError } from "../../../errors/mod.ts";
import type { Batch } from "../../engine.ts";
import { compileGradient, compileUpdate } from "../compile_step.ts";
import { importModel } from "../import_model.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import { writeModel } from "../onnx/write_model.ts";
import { openSession, tensorOf } from "../ort_runtime.ts";
import { findBrokenLayer } from "./find_broken_layer.ts";
import { remoteReplica } from "./remote_replica.ts";
import { createReplica, replicaNoise } from "./replica.ts";
import { replicaBytes, replicaMemory, type ReplicaSizes } from "./replica_memory.ts";
import { remembered, type StepContext, type StepRunner } from "./step_runner.ts";

/**
 * Shares each batch between `threads` sessions of one thread each (Li et al. 2020): every one derives its part, the
 * gradients are added in a fixed order, and one update follows. Batch normalisation sees the part, not the batch; its
 * moving statistics are averaged. The first part is computed on the calling thread, the others in workers.
 */
export async function replicatedStep(context: StepContext, threads: number): Promise<StepRunner> {
  const { runtime, block, model, options, optimizer, state, inputShape, outputs } = context;
  const { loss, ema, seed, batchSize } = options;
  const inputSize = sizeOf(inputShape);
  const sizes: ReplicaSizes = {
    // A batch too small for all replicas is cut into parts of two or three.
    capacity: Math.max(Math.ceil(batchSize / threads), 3),
    inputSize,
    outputs,
    weights: state.current("weights").length,
    statistics: state.current("statistics")?.length ?? 0,
  };
  const first = createReplica(runtime, { seed, index: 0 });
  const own = new ArrayBuffer(replicaBytes(sizes));
  const others = await Promise.all(
    Array.from({ length: threads - 1 }, (_, i) => remoteReplica({ sizes, seed, index: i + 1 })),
  );
  const update = await openSession(
    runtime,
    writeModel(compileUpdate(sizes.weights, { clip: options.optimizer.clipNorm, optimizer, ema })),
    { threads: 1 },
  );
  const gradient = new Float32Array(sizes.weights);

  const graphs = remembered(async (count: number) => {
    const program = importModel(model, count);
    const { model: onnx, noises } = compileGradient(program, { loss, block });
    const file = { count, bytes: writeModel(onnx), noises, inputShape, outputs };
    await Promise.all([first, ...others].map((replica) => replica.open(file)));
    return { program, noises };
  });

  /** Extents of the parts: as even as can be, none of a single example, which batch normalisation could not use. */
  function parts(count: number): { start: number; count: number }[] {
    const active = Math.max(1, Math.min(threads, Math.floor(count / 2)));
    const edges = Array.from({ length: active + 1 }, (_, i) => Math.ceil(i * count / active));
    return edges.slice(1).map((end, i) => ({ start: edges[i], count: end - edges[i] }));
  }

  const memoryOf = (index: number, count: number) =>
    index === 0 ? replicaMemory(own, sizes, count) : others[index - 1].memory(count);

  function fill(index: number, part: { start: number; count: number }, batch: Batch): void {
    const memory = memoryOf(index, part.count);
    const cut = (data: Float32Array, size: number) =>
      data.subarray(part.start * size, (part.start + part.count) * size);
    memory.weights.set(state.current("weights"));
    if (sizes.statistics > 0) memory.statistics.set(state.current("statistics"));
    memory.inputs.set(cut(batch.inputs, inputSize));
    memory.targets.set(cut(batch.targets, outputs));
    // The loss of a part is divided by the count of the part: the shares make it a part of the loss of the batch.
    cut(batch.weights, 1).forEach((weight, i) => memory.shares[i] = weight * part.count / batch.count);
  }

  /** Adds up gradients and losses in the order of the parts and averages the statistics; gives the loss. */
  function gather(split: { count: number }[], count: number): number {
    const statistics = sizes.statistics > 0 ? state.next("statistics").fill(0) : undefined;
    let total = 0;
    for (const [index, part] of split.entries()) {
      const { results } = memoryOf(index, part.count);
      total += results.loss[0];
      if (index === 0) gradient.set(results.gradient);
      else for (let i = 0; i < gradient.length; i++) gradient[i] += results.gradient[i];
      const share = part.count / count;
      if (statistics) { for (let i = 0; i < statistics.length; i++) statistics[i] += share * results.statistics[i]; }
    }
    return Math.fround(total);
  }

  async function runUpdate(scalars: Readonly<Record<string, number>>): Promise<void> {
    const feeds: Record<string, Tensor> = { gradient: tensorOf(runtime, gradient, [gradient.length]) };
    for (const [name, value] of Object.entries(scalars)) feeds[name] = tensorOf(runtime, Float32Array.of(value), []);
    const fetches: Record<string, Tensor> = {};
    for (const name of state.names.filter((name) => name !== "statistics")) {
      feeds[name] = tensorOf(runtime, state.current(name), [gradient.length]);
      fetches[`${name} next`] = tensorOf(runtime, state.next(name), [gradient.length]);
    }
    await update.run(feeds, fetches);
  }

  return {
    async prepare(count) {
      for (const part of new Set(parts(count).map(({ count }) => count))) await graphs.of(part);
    },
    async run(batch, scalars) {
      if (batch.count > batchSize) {
        throw new InputError({ expected: `at most ${batchSize} examples`, found: `${batch.count}`, where: "a batch" });
      }
      const split = parts(batch.count);
      for (const { count } of split) await graphs.of(count);
      split.forEach((part, index) => fill(index, part, batch));
      // The workers start before this thread blocks on its own part.
      const running = split.slice(1).map(({ count }, i) => others[i].run(count, state.step));
      const memory = memoryOf(0, split[0].count);
      await first.run(split[0].count, { ...memory, step: state.step }, memory.results);
      await Promise.all(running);
      const value = gather(split, batch.count);
      if (Number.isFinite(value)) await runUpdate(scalars);
      return value;
    },
    async findBroken(batch) {
      for (const [index, { start, count }] of parts(batch.count).entries()) {
        const { program, noises } = await graphs.of(count);
        const where = await findBrokenLayer(runtime, program, {
          inputs: batch.inputs.subarray(start * inputSize, (start + count) * inputSize),
          noises: new Map(noises.map((noise) => [noise.name, replicaNoise(noise, { seed, step: state.step, index })])),
          weights: state.current("weights"),
          statistics: state.current("statistics"),
        });
        if (where !== "the loss") return where;
      }
      return "the loss";
    },
    async dispose() {
      await Promise.all([first, ...others].map((replica) => replica.dispose()));
      await update.release();
    },
  };
}
