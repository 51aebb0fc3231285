import { InputError } from "../../../errors/mod.ts";
import { compileGradient } from "../compile_step.ts";
import { importModel } from "../import_model.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import { writeModel } from "../onnx/write_model.ts";
import { tensorOf } from "../ort_runtime.ts";
import { addGradients, slicesOf } from "./add_gradients.ts";
import { batchParts, fillPart, gatherParts } from "./batch_parts.ts";
import { findBrokenPart } from "./find_broken_part.ts";
import { remoteReplica } from "./remote_replica.ts";
import { createReplica } from "./replica.ts";
import { commonBytes, commonMemory, replicaBytes, replicaMemory, type ReplicaSizes } from "./replica_memory.ts";
import { hostPlace } from "./state_place.ts";
import { remembered, type StepContext, type StepRunner } from "./step_runner.ts";
import { updateRunner } from "./update_runner.ts";

/** Numbers that one thread has added up by the time that others are told to help. */
const QUICK = 2 ** 19;

/**
 * Shares each batch between `threads` sessions of one thread each (Li et al. 2020): every one derives its part, the
 * gradients are added in a fixed order, each thread a slice of them, and one update follows. Batch normalisation sees the
 * part, not the batch; its moving statistics are averaged. The first part is computed on the calling thread, the others in
 * workers.
 */
export async function replicatedStep(context: StepContext, threads: number): Promise<StepRunner> {
  const { runtime, block, model, options, state, inputShape, outputs } = context;
  const { loss, seed, batchSize } = options;
  const sizes = sizesOf(context, threads);
  const first = createReplica(runtime, { seed, index: 0 });
  const own = new ArrayBuffer(replicaBytes(sizes));
  const shared = {
    common: new SharedArrayBuffer(commonBytes(sizes)),
    replicas: Array.from({ length: threads }, () => new SharedArrayBuffer(replicaBytes(sizes))),
  };
  const others = await Promise.all(
    Array.from({ length: threads - 1 }, (_, i) => remoteReplica({ sizes, seed, index: i + 1, shared })),
  );
  const graphs = remembered(async (count: number) => {
    const program = importModel(model, count);
    const { model: onnx, noises } = compileGradient(program, { loss, block });
    const file = { count, bytes: writeModel(onnx), noises, inputShape, outputs };
    await Promise.all([first, ...others].map((replica) => replica.open(file)));
    return { program, noises };
  });
  const gradient = new Float32Array(sizes.weights);
  const update = await updateRunner(context, importModel(model, batchSize), hostPlace(runtime, state));
  const common = commonMemory(shared.common, sizes);
  const gradients = shared.replicas.map((buffer) => replicaMemory(buffer, sizes, 0).results.gradient);
  const noStatistics = new Float32Array(0);

  /** The sum of the gradients of the first replicas. */
  async function sum(replicas: number): Promise<void> {
    const made = gradients.slice(0, replicas);
    const helping = replicas * gradient.length > QUICK ? replicas : 1;
    const [slice, ...slices] = slicesOf(gradient.length, helping);
    const adding = slices.map((slice, i) => others[i].add(replicas, slice));
    addGradients(made, common.gradient, slice);
    await Promise.all(adding);
    gradient.set(common.gradient);
  }

  return {
    async prepare(count) {
      for (const part of new Set(batchParts(count, threads).map(({ count }) => count))) await graphs.of(part);
    },
    async run(batch, scalars) {
      if (batch.count > batchSize) {
        throw new InputError({ expected: `at most ${batchSize} examples`, found: `${batch.count}`, where: "a batch" });
      }
      const parts = batchParts(batch.count, threads);
      for (const { count } of parts) await graphs.of(count);
      const start = { weights: state.current("weights"), statistics: state.current("statistics") ?? noStatistics };
      const memories = parts.map(({ count }, i) => replicaMemory(i === 0 ? own : shared.replicas[i], sizes, count));
      parts.forEach((part, i) => fillPart(memories[i], part, batch));
      common.weights.set(start.weights);
      common.statistics.set(start.statistics);
      // The workers start before this thread blocks on its own part.
      const running = parts.slice(1).map(({ count }, i) => others[i].run(count, state.step));
      await first.run(parts[0].count, { ...start, ...memories[0], step: state.step }, memories[0].results);
      gradients[0].set(memories[0].results.gradient);
      await Promise.all(running);
      const results = memories.map(({ results }, i) => ({ ...results, share: parts[i].count / batch.count }));
      const value = gatherParts(results, state.next("statistics"));
      if (!Number.isFinite(value)) return { loss: value };
      await sum(parts.length);
      const { penalty } = await update.run(tensorOf(runtime, gradient, [gradient.length]), scalars);
      return { loss: Math.fround(value + penalty) };
    },
    findBroken: (batch) =>
      findBrokenPart(context, batch, { parts: batchParts(batch.count, threads), graph: graphs.of }),
    gather: () => Promise.resolve(),
    forget() {},
    async dispose() {
      await Promise.all([first, ...others].map((replica) => replica.dispose()));
      await update.dispose();
    },
  };
}

function sizesOf({ options: { batchSize }, state, inputShape, outputs }: StepContext, threads: number): ReplicaSizes {
  return {
    // A batch too small for all replicas is cut into parts of two or three.
    capacity: Math.max(Math.ceil(batchSize / threads), 3),
    inputSize: sizeOf(inputShape),
    outputs,
    weights: state.current("weights").length,
    statistics: state.current("statistics")?.length ?? 0,
  };
}
