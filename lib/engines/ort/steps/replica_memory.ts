/** How many numbers each part holds. */
export interface ReplicaSizes {
  /** Examples at most. */
  capacity: number;
  inputSize: number;
  outputs: number;
  weights: number;
  statistics: number;
}

const commonLengths = ({ weights, statistics }: ReplicaSizes) => [weights, weights, statistics];

const replicaLengths = (
  { inputSize, outputs, weights, statistics }: ReplicaSizes,
  count: number,
) => [1, weights, statistics, ...[inputSize, outputs, 1].map((size) => count * size)];

/** Bytes that {@linkcode commonMemory} lays out. */
export function commonBytes(sizes: ReplicaSizes): number {
  return 4 * commonLengths(sizes).reduce((sum, length) => sum + length);
}

/** What all threads share, from a buffer: where a step starts from, and the sum of what its replicas make. */
export function commonMemory(buffer: ArrayBufferLike, sizes: ReplicaSizes) {
  const [weights, gradient, statistics] = partsOf(buffer, commonLengths(sizes));
  return { weights, gradient, statistics };
}

/** Bytes that {@linkcode replicaMemory} lays out at most. */
export function replicaBytes(sizes: ReplicaSizes): number {
  return 4 * replicaLengths(sizes, sizes.capacity).reduce((sum, length) => sum + length);
}

/** What two threads share, from a buffer: a replica's inputs for batches of `count`, and its outputs. */
export function replicaMemory(buffer: ArrayBufferLike, sizes: ReplicaSizes, count: number) {
  const [loss, gradient, statistics, inputs, targets, shares] = partsOf(buffer, replicaLengths(sizes, count));
  return { results: { loss, gradient, statistics }, inputs, targets, shares };
}

/** One part after the other. */
function partsOf(buffer: ArrayBufferLike, lengths: readonly number[]): Float32Array[] {
  let end = 0;
  return lengths.map((length) => new Float32Array(buffer, 4 * ((end += length) - length), length));
}
