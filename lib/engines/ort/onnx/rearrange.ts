import type { Graph, Shape, Tensor } from "../graph.ts";

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/**
 * The same elements under other extents. The extent of `batchAxis` is left to onnxruntime, so that a graph traced with
 * one example runs with any number.
 */
export function reshape(graph: Graph, x: Tensor, shape: Shape, batchAxis = 0): Tensor {
  if (x.shape.length === shape.length && x.shape.every((extent, axis) => extent === shape[axis])) return x;
  const asked = shape.map((extent, axis) => axis === batchAxis ? -1 : extent);
  return graph.node("Reshape", [x, graph.integers(asked)], shape, { type: x.type });
}

/** Axis `i` of the result is axis `order[i]` of `x`; a mere reshape where only extents of 1 move. */
export function transpose(graph: Graph, x: Tensor, order: readonly number[]): Tensor {
  const shape = order.map((axis) => x.shape[axis]);
  const long = order.filter((axis) => x.shape[axis] !== 1);
  if (long.every((axis, i) => i === 0 || axis > long[i - 1])) return reshape(graph, x, shape, order.indexOf(0));
  return graph.node("Transpose", [x], shape, { attributes: { perm: order }, type: x.type });
}

/** `x[start:end:step]` along each of `axes`. */
export function slice(
  graph: Graph,
  x: Tensor,
  { axes, starts, ends, steps = axes.map(() => 1) }: {
    axes: readonly number[];
    starts: readonly number[];
    ends: readonly number[];
    steps?: readonly number[];
  },
): Tensor {
  const shape = x.shape.map((extent, axis) => {
    const at = axes.indexOf(axis);
    return at < 0 ? extent : Math.ceil((ends[at] - starts[at]) / steps[at]);
  });
  if (shape.every((extent, axis) => extent === x.shape[axis]) && steps.every((step) => step === 1)) return x;
  const given = [starts, ends, axes, steps].map((list) => graph.integers(list));
  return graph.node("Slice", [x, ...given], shape, { type: x.type });
}

/** `x` backwards along each of `axes`. */
export function flip(graph: Graph, x: Tensor, axes: readonly number[]): Tensor {
  const turned = axes.filter((axis) => x.shape[axis] > 1);
  if (turned.length === 0) return x;
  const starts = turned.map(() => -1);
  const ends = turned.map(() => -Number.MAX_SAFE_INTEGER);
  const given = [starts, ends, turned, starts].map((list) => graph.integers(list));
  return graph.node("Slice", [x, ...given], x.shape);
}

/** One after the other along `axis`. */
export function concat(graph: Graph, tensors: readonly Tensor[], axis: number): Tensor {
  if (tensors.length === 1) return tensors[0];
  const shape = tensors[0].shape.map((extent, i) =>
    i === axis ? tensors.reduce((sum, tensor) => sum + tensor.shape[axis], 0) : extent
  );
  return graph.node("Concat", tensors, shape, { attributes: { axis }, type: tensors[0].type });
}

/** `x` cut along `axis` into parts of the given extents. */
export function split(
  graph: Graph,
  x: Tensor,
  { axis, extents }: { axis: number; extents: readonly number[] },
): Tensor[] {
  if (extents.length === 1) return [x];
  const shapes = extents.map((extent) => x.shape.map((old, i) => i === axis ? extent : old));
  return graph.nodes("Split", [x, graph.integers(extents)], shapes, { attributes: { axis } });
}

/** `x` with `before[i]` and `after[i]` elements of `value` around axis `i`. */
export function pad(
  graph: Graph,
  x: Tensor,
  { before, after, value = 0 }: { before: readonly number[]; after: readonly number[]; value?: number },
): Tensor {
  if ([...before, ...after].every((count) => count === 0)) return x;
  const shape = x.shape.map((extent, axis) => extent + before[axis] + after[axis]);
  return graph.node("Pad", [x, graph.integers([...before, ...after]), graph.scalar(value)], shape);
}
