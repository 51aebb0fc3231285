import type { DataType, TensorInfo } from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/** `out[s] = sum of the rows of x whose segment is s`; rows of a negative segment are left out. The gradient of a look-up. */
export function unsortedSegmentSum(
  inputs: { x: TensorInfo; segmentIds: TensorInfo },
  attributes: { numSegments: number },
  backend: BackendWasm,
): TensorInfo {
  const { x, segmentIds } = inputs;
  const { numSegments } = attributes;
  const rowShape = x.shape.slice(segmentIds.shape.length);
  const width = rowShape.reduce((product, extent) => product * extent, 1);
  const out = backend.makeOutput([numSegments, ...rowShape], "float32" as DataType);
  const X = backend.typedArrayFromHeap(x) as Float32Array;
  const segments = backend.typedArrayFromHeap(segmentIds) as Int32Array;
  const sums = new Float64Array(numSegments * width);
  for (let row = 0; row < segments.length; row++) {
    const segment = segments[row];
    if (segment < 0 || segment >= numSegments) continue;
    for (let i = 0; i < width; i++) sums[segment * width + i] += X[row * width + i];
  }
  (backend.typedArrayFromHeap(out) as Float32Array).set(sums);
  return out;
}
