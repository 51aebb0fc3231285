import type { ReplicaInputs, ReplicaOutputs } from "./replica.ts";

/** How many numbers each part holds. */
export interface ReplicaSizes {
  /** Examples at most. */
  capacity: number;
  inputSize: number;
  outputs: number;
  weights: number;
  statistics: number;
}

/** What two threads share: the parts of a replica's inputs and outputs, end to end. */
export type ReplicaMemory = Omit<ReplicaInputs, "step"> & { results: ReplicaOutputs };

/** Bytes that {@linkcode replicaMemory} lays out. */
export function replicaBytes(sizes: ReplicaSizes): number {
  const { capacity, inputSize, outputs, weights, statistics } = sizes;
  return 4 * (capacity * (inputSize + outputs + 1) + 2 * (weights + statistics) + 1);
}

/** The parts of a buffer for batches of `count`. */
export function replicaMemory(buffer: ArrayBufferLike, sizes: ReplicaSizes, count: number): ReplicaMemory {
  const { inputSize, outputs, weights, statistics } = sizes;
  let at = 0;
  const part = (length: number) => {
    const view = new Float32Array(buffer, 4 * at, length);
    at += length;
    return view;
  };
  return {
    weights: part(weights),
    statistics: part(statistics),
    results: { loss: part(1), gradient: part(weights), statistics: part(statistics) },
    inputs: part(count * inputSize),
    targets: part(count * outputs),
    shares: part(count),
  };
}
