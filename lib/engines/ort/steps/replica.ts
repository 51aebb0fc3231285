import type { InferenceSession } from "onnxruntime-node";
import type { Shape } from "../graph.ts";
import { openSession, type Runtime, tensorOf } from "../ort_runtime.ts";
import type { Noise } from "../program.ts";
import { noiseFeeds, type Tensors } from "./feeds.ts";
import type { commonMemory, replicaMemory } from "./replica_memory.ts";

/** The gradient of a part of a batch as a file for onnxruntime; plain data, so that it can be sent to a worker. */
export interface GradientFile {
  count: number;
  bytes: Uint8Array;
  noises: readonly Noise[];
  inputShape: Shape;
  outputs: number;
}

type Memory = ReturnType<typeof replicaMemory>;

/** A part of a batch, what its step starts from (no statistics where the model has none), and the steps done. */
type ReplicaInputs = Omit<Memory, "results"> & Omit<ReturnType<typeof commonMemory>, "gradient"> & { step: number };

/** One of several sessions that share a batch, on one thread. */
export function createReplica(runtime: Runtime, { seed, index }: { seed: number; index: number }) {
  const sessions = new Map<number, { file: GradientFile; session: InferenceSession }>();
  const vector = (data: Float32Array) => tensorOf(runtime, data, [data.length]);
  return {
    async open(file: GradientFile): Promise<void> {
      sessions.set(file.count, { file, session: await openSession(runtime, file.bytes, { threads: 1 }) });
    },
    async run(count: number, given: ReplicaInputs, outputs: Memory["results"]): Promise<void> {
      const { step, inputs, targets, shares, weights, statistics } = given;
      const { file, session } = sessions.get(count)!;
      const hasStatistics = statistics.length > 0;
      const feeds: Tensors = {
        inputs: tensorOf(runtime, inputs, [count, ...file.inputShape]),
        targets: tensorOf(runtime, targets, [count, file.outputs]),
        shares: vector(shares),
        weights: vector(weights),
        ...hasStatistics ? { statistics: vector(statistics) } : {},
        ...noiseFeeds(runtime, file.noises, { seed, step, index }),
      };
      const fetches: Tensors = {
        loss: tensorOf(runtime, outputs.loss, []),
        gradient: vector(outputs.gradient),
        ...hasStatistics ? { "statistics next": vector(outputs.statistics) } : {},
      };
      await session.run(feeds, fetches);
    },
    async dispose(): Promise<void> {
      await Promise.all([...sessions.values()].map(({ session }) => session.release()));
      sessions.clear();
    },
  };
}
