import type { Batch } from "../../engine.ts";
import type { Shape } from "../graph.ts";
import { sizeOf } from "../onnx/rearrange.ts";

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

/** The numbers of a part. The loss of a part is divided by its count: the shares make it a part of the loss of the batch. */
export function partOf(
  { inputs, targets, weights, count: whole }: Batch,
  { start, count }: BatchPart,
  { inputShape, outputs }: { inputShape: Shape; outputs: number },
) {
  const cut = (data: Float32Array, size: number) => data.subarray(start * size, (start + count) * size);
  return {
    inputs: cut(inputs, sizeOf(inputShape)),
    targets: cut(targets, outputs),
    shares: cut(weights, 1).map((weight) => weight * count / whole),
  };
}
