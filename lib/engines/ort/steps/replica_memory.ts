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

/** What all threads share: where a step starts from, and the sum of what its replicas make. */
export type CommonMemory = Pick<ReplicaInputs, "weights" | "statistics"> & { gradient: Float32Array };

/** What two threads share: the parts of a replica's inputs and outputs, end to end. */
export type ReplicaMemory = Omit<ReplicaInputs, "step" | "weights" | "statistics"> & { results: ReplicaOutputs };

/** Bytes that {@linkcode commonMemory} lays out. */
export function commonBytes({ weights, statistics }: ReplicaSizes): number {
  return 4 * (2 * weights + statistics);
}

/** The parts of a buffer that all threads see. */
export function commonMemory(buffer: ArrayBufferLike, { weights, statistics }: ReplicaSizes): CommonMemory {
  const part = partsOf(buffer);
  return { weights: part(weights), gradient: part(weights), statistics: part(statistics) };
}

/** Bytes that {@linkcode replicaMemory} lays out. */
export function replicaBytes({ capacity, inputSize, outputs, weights, statistics }: ReplicaSizes): number {
  return 4 * (capacity * (inputSize + outputs + 1) + weights + statistics + 1);
}

/** The parts of a buffer for batches of `count`. */
export function replicaMemory(buffer: ArrayBufferLike, sizes: ReplicaSizes, count: number): ReplicaMemory {
  const { inputSize, outputs, weights, statistics } = sizes;
  const part = partsOf(buffer);
  return {
    results: { loss: part(1), gradient: part(weights), statistics: part(statistics) },
    inputs: part(count * inputSize),
    targets: part(count * outputs),
    shares: part(count),
  };
}

/** Takes one part after the other. */
function partsOf(buffer: ArrayBufferLike): (length: number) => Float32Array {
  let at = 0;
  return (length) => {
    const view = new Float32Array(buffer, 4 * at, length);
    at += length;
    return view;
  };
}
