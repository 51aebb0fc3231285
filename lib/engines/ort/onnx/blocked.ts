import type { Graph, NodeOptions, Shape, Tensor } from "../graph.ts";
import { mul, reduce } from "./arithmetic.ts";
import { NCHWC } from "./model.ts";
import { reshape, sizeOf, transpose } from "./rearrange.ts";

/** How a graph brings values to one order or the other, each once. */
export function reorderings(graphOf: () => Graph): Pick<Graph, "plain" | "blocked"> {
  const known = new Map<string, Tensor>();
  /** A blocked value times its pending factors. */
  const settled = ({ scale, ...tensor }: Tensor) => scale ? channelAffine(graphOf(), tensor, { scale }) : tensor;
  return {
    plain(tensor) {
      if (!tensor.blocked && !tensor.scale) return tensor;
      const { name, shape } = settled(tensor);
      const options = { domain: NCHWC, attributes: { channels: shape[1], channels_last: 0 }, raw: true };
      const made = known.get(name) ?? graphOf().node("ReorderOutput", [{ ...tensor, name }], shape, options);
      known.set(name, made);
      known.set(made.name, { ...tensor, name, scale: undefined });
      return made;
    },
    blocked(tensor) {
      if (tensor.blocked) return settled(tensor);
      const options = { domain: NCHWC, attributes: { channels_last: 0 }, blocked: true };
      const made = known.get(tensor.name) ?? graphOf().node("ReorderInput", [tensor], tensor.shape, options);
      known.set(tensor.name, made);
      known.set(made.name, tensor);
      return made;
    },
  };
}

export function canBlock(graph: Graph, shape: Shape): boolean {
  return graph.block > 1 && shape.length === 4 && shape[1] % graph.block === 0;
}

/** A node of onnxruntime's own on blocked values; the first input is put into blocks, the others are taken as they lie. */
export function blockedNode(
  graph: Graph,
  op: string,
  [x, ...others]: readonly (Tensor | undefined)[],
  { shape, attributes }: { shape: Shape; attributes?: NodeOptions["attributes"] },
): Tensor {
  const inputs = [x && graph.blocked(x), ...others];
  return graph.node(op, inputs, shape, { domain: NCHWC, attributes, raw: true, blocked: true });
}

/** The memory of a blocked value under other extents. */
export function memoryAs(graph: Graph, x: Tensor, shape: Shape, { blocked = false } = {}): Tensor {
  return graph.node("Reshape", [x, graph.integers(shape)], shape, { raw: true, blocked });
}

/**
 * `scale x + shift` a channel, plus `sum` where given, in one pass: a convolution of one element a channel. With `clip`
 * what comes out is `min(max(clip.factor y + clip.offset, 0), 1)`.
 */
export function channelAffine(
  graph: Graph,
  x: Tensor,
  { scale, shift, sum, clip }: {
    scale: Tensor;
    shift?: Tensor;
    sum?: Tensor;
    clip?: { factor: number; offset: number };
  },
): Tensor {
  const channels = x.shape[1];
  const factors = reshape(graph, scale, [channels, 1, 1, 1]);
  const inputs = [x, factors, ...(shift || sum ? [shift] : []), ...(sum ? [graph.blocked(sum)] : [])];
  const activation = clip && { activation: "HardSigmoid", activation_params: { floats: [clip.factor, clip.offset] } };
  const attributes = { group: channels, kernel_shape: [1, 1], ...activation };
  return blockedNode(graph, "Conv", inputs, { shape: x.shape, attributes });
}

/** `sum x` a channel, `[c]`. */
export function blockedSums(graph: Graph, x: Tensor): Tensor {
  const [n, c, ...space] = x.shape;
  const mean = blockedNode(graph, "GlobalAveragePool", [x], { shape: [n, c, 1, 1] });
  const sums = reduce(graph, memoryAs(graph, mean, [n, c]), { by: "Sum", axes: [0] });
  return mul(graph, sums, sizeOf(space));
}

/** `sum a b` a channel, `[c]`: each map of `a` under one filter, the same map of `b`. Nothing of full size is written. */
export function blockedDots(graph: Graph, a: Tensor, b: Tensor): Tensor {
  const [n, c, h, w] = a.shape;
  const maps = memoryAs(graph, graph.blocked(a), [1, n * c, h, w], { blocked: true });
  const filters = memoryAs(graph, graph.blocked(b), [n * c, 1, h, w]);
  const attributes = { group: n * c, kernel_shape: [h, w] };
  const dots = blockedNode(graph, "Conv", [maps, filters], { shape: [1, n * c, 1, 1], attributes });
  return reduce(graph, memoryAs(graph, dots, [n, c]), { by: "Sum", axes: [0] });
}

/**
 * Filters `[f, c, kh, kw]` in the order that blocked convolutions want: blocks of outputs innermost, of inputs next to them.
 * By two swaps of neighbours, which onnxruntime does three to seven times as fast as one turn of six axes.
 */
export function blockedFilter(graph: Graph, w: Tensor, { inputsBlocked }: { inputsBlocked: boolean }): Tensor {
  const { block } = graph;
  const [f, c, kh, kw] = w.shape;
  const inner = inputsBlocked ? block : 1;
  const inputs = transpose(graph, reshape(graph, w, [f, c / inner, inner, kh * kw]), [0, 1, 3, 2]);
  const outputs = transpose(graph, reshape(graph, inputs, [f / block, block, c * kh * kw]), [0, 2, 1]);
  return memoryAs(graph, outputs, w.shape);
}

/** The way back from blocks of outputs, `[f / block, kh kw, c, block]`, for gradients of filters. */
export function plainFilter(graph: Graph, blocks: Tensor, shape: Shape): Tensor {
  const [f, c, kh, kw] = shape, { block } = graph;
  const outputs = transpose(graph, reshape(graph, blocks, [f / block, kh * kw * c, block]), [0, 2, 1]);
  return reshape(graph, transpose(graph, reshape(graph, outputs, [f, kh * kw, c]), [0, 2, 1]), shape);
}
