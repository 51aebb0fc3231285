import { InputError } from "../../../errors/mod.ts";
import type { Batch } from "../../engine.ts";
import { compileGradient } from "../compile_step.ts";
import { importModel } from "../import_model.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import { writeModel } from "../onnx/write_model.ts";
import { tensorOf } from "../ort_runtime.ts";
import { addGradients, slicesOf } from "./add_gradients.ts";
import { type BatchPart, batchParts, partOf } from "./batch_parts.ts";
import { findBrokenPart } from "./find_broken_part.ts";
import { remoteReplica } from "./remote_replica.ts";
import { createReplica, type GradientFile } from "./replica.ts";
import { commonBytes, commonMemory, replicaBytes, replicaMemory } from "./replica_memory.ts";
import { hostPlace } from "./state_place.ts";
import { byCount, type StepContext, type StepRunner } from "./step_runner.ts";
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
  const { runtime, block, model, options: { loss, batchSize }, state, inputShape, outputs } = context;
  const replicas = await startReplicas(context, threads);
  const graphs = byCount(async (count) => {
    const program = importModel(model, count);
    const { model: onnx, noises } = compileGradient(program, { loss, block });
    await replicas.open({ count, bytes: writeModel(onnx), noises, inputShape, outputs });
    return { program, noises };
  });
  const update = await updateRunner(context, importModel(model, batchSize), hostPlace(runtime, state));

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
      const results = await replicas.derive(batch, parts);
      const value = Math.fround(results.reduce((sum, { loss }) => sum + loss[0], 0));
      const averaged = state.next("statistics")?.fill(0);
      results.forEach(({ statistics }, part) =>
        averaged?.forEach((sum, i) => averaged[i] = sum + parts[part].count / batch.count * statistics[i])
      );
      if (!Number.isFinite(value)) return { loss: value };
      const gradient = await replicas.sum(parts.length);
      const { penalty } = await update.run(tensorOf(runtime, gradient, [gradient.length]), scalars);
      return { loss: Math.fround(value + penalty) };
    },
    findBroken: (batch) =>
      findBrokenPart(context, batch, { parts: batchParts(batch.count, threads), graph: graphs.of }),
    gather: () => Promise.resolve(),
    forget() {},
    async dispose() {
      await replicas.dispose();
      await update.dispose();
    },
  };
}

/** One replica here, the others in workers, and the memory that they share. */
async function startReplicas(context: StepContext, threads: number) {
  const { runtime, options: { batchSize, seed }, state, inputShape, outputs } = context;
  const vectors = () => ({
    weights: state.current("weights"),
    statistics: state.current("statistics") ?? new Float32Array(0),
  });
  const { weights: { length: weights }, statistics: { length: statistics } } = vectors();
  // A batch too small for all replicas is cut into parts of two or three.
  const capacity = Math.max(Math.ceil(batchSize / threads), 3);
  const sizes = { capacity, inputSize: sizeOf(inputShape), outputs, weights, statistics };
  const first = createReplica(runtime, { seed, index: 0 });
  const own = new ArrayBuffer(replicaBytes(sizes));
  const shared = {
    common: new SharedArrayBuffer(commonBytes(sizes)),
    replicas: Array.from({ length: threads }, () => new SharedArrayBuffer(replicaBytes(sizes))),
  };
  const others = await Promise.all(
    Array.from({ length: threads - 1 }, (_, i) => remoteReplica({ sizes, seed, index: i + 1, shared })),
  );
  const common = commonMemory(shared.common, sizes);
  const gradients = shared.replicas.map((buffer) => replicaMemory(buffer, sizes, 0).results.gradient);
  const gradient = new Float32Array(weights);
  return {
    open: (file: GradientFile) => Promise.all([first, ...others].map((replica) => replica.open(file))),
    /** What each replica makes of its part of a batch. */
    async derive(batch: Batch, parts: readonly BatchPart[]) {
      const memories = parts.map(({ count }, i) => replicaMemory(i === 0 ? own : shared.replicas[i], sizes, count));
      for (const [i, part] of parts.entries()) {
        const given = partOf(batch, part, context);
        for (const name of ["inputs", "targets", "shares"] as const) memories[i][name].set(given[name]);
      }
      const start = vectors();
      common.weights.set(start.weights);
      common.statistics.set(start.statistics);
      // The workers start before this thread blocks on its own part.
      const running = parts.slice(1).map(({ count }, i) => others[i].run(count, state.step));
      await first.run(parts[0].count, { ...start, ...memories[0], step: state.step }, memories[0].results);
      gradients[0].set(memories[0].results.gradient);
      await Promise.all(running);
      return memories.map(({ results }) => results);
    },
    /** The sum of the gradients of the first replicas. */
    async sum(replicas: number) {
      const helping = replicas * weights > QUICK ? replicas : 1;
      const [slice, ...slices] = slicesOf(weights, helping);
      const adding = slices.map((slice, i) => others[i].add(replicas, slice));
      addGradients(gradients.slice(0, replicas), common.gradient, slice);
      await Promise.all(adding);
      gradient.set(common.gradient);
      return gradient;
    },
    dispose: () => Promise.all([first, ...others].map((replica) => replica.dispose())),
  };
}
