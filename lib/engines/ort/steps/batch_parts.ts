import type { Batch } from "../../engine.ts";
import type { ReplicaMemory } from "./replica_memory.ts";

/** A run of examples of a batch. */
export interface BatchPart {
  start: number;
  count: number;
}

/** Extents of the parts: as even as can be, none of less than `least` examples; batch normalisation can't use a single one. */
export function batchParts(count: number, parts: number, least = 2): BatchPart[] {
  const active = Math.max(1, Math.min(parts, Math.floor(count / least)));
  const edges = Array.from({ length: active + 1 }, (_, i) => Math.ceil(i * count / active));
  return edges.slice(1).map((end, i) => ({ start: edges[i], count: end - edges[i] }));
}

/** Gives a replica its part of a batch. */
export function fillPart(memory: ReplicaMemory, { start, count }: BatchPart, batch: Batch): void {
  const cut = (data: Float32Array, size: number) => data.subarray(start * size, (start + count) * size);
  memory.inputs.set(cut(batch.inputs, memory.inputs.length / count));
  memory.targets.set(cut(batch.targets, memory.targets.length / count));
  // The loss of a part is divided by the count of the part: the shares make it a part of the loss of the batch.
  cut(batch.weights, 1).forEach((weight, i) => memory.shares[i] = weight * count / batch.count);
}

/**
 * Averages the statistics of the parts.
 *
 * @param results What the replica of each part made, and the part's share of the batch.
 * @returns The loss.
 */
export function gatherParts(
  results: readonly (ReplicaMemory["results"] & { share: number })[],
  statistics: Float32Array | undefined,
): number {
  let total = 0;
  statistics?.fill(0);
  for (const { share, ...part } of results) {
    total += part.loss[0];
    if (statistics) { for (let i = 0; i < statistics.length; i++) statistics[i] += share * part.statistics[i]; }
  }
  return Math.fround(total);
}
