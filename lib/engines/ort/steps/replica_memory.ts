/** How many numbers each part holds. */
export interface ReplicaSizes {
  /** Examples at most. */
  capacity: number;
  inputSize: number;
  outputs: number;
  weights: number;
  statistics: number;
}

/** Bytes that {@linkcode commonMemory} lays out. */
export function commonBytes({ weights, statistics }: ReplicaSizes): number {
  return 4 * (2 * weights + statistics);
}

/** What all threads share, from a buffer: where a step starts from, and the sum of what its replicas make. */
export function commonMemory(buffer: ArrayBufferLike, { weights, statistics }: ReplicaSizes) {
  const part = partsOf(buffer);
  return { weights: part(weights), gradient: part(weights), statistics: part(statistics) };
}

/** Bytes that {@linkcode replicaMemory} lays out. */
export function replicaBytes({ capacity, inputSize, outputs, weights, statistics }: ReplicaSizes): number {
  return 4 * (capacity * (inputSize + outputs + 1) + weights + statistics + 1);
}

/** What two threads share, from a buffer: a replica's inputs for batches of `count`, and its outputs. */
export function replicaMemory(
  buffer: ArrayBufferLike,
  { inputSize, outputs, weights, statistics }: ReplicaSizes,
  count: number,
) {
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
