import { asNumber, div, equal, mul, ones, STEEP, unary } from "../onnx/arithmetic.ts";
import { blockedNode, channelAffine } from "../onnx/blocked.ts";
import { pad, reshape, sizeOf, slice } from "../onnx/rearrange.ts";
import type { Graph, NodeOptions, Shape, Tensor } from "../graph.ts";
import type { Rule } from "../program.ts";

/** Attributes of the pooling operations, each `[height, width]`. */
export interface Pool2dAttributes {
  size: readonly [number, number];
  strides: readonly [number, number];
  /** Rows above, columns left, rows below, columns right. */
  pads: readonly number[];
}

export const pooledShape = ([[n, c, h, w]]: readonly Shape[], { size, strides, pads }: Pool2dAttributes): Shape => [
  n,
  c,
  Math.floor((h + pads[0] + pads[2] - size[0]) / strides[0]) + 1,
  Math.floor((w + pads[1] + pads[3] - size[1]) / strides[1]) + 1,
];

/**
 * The largest of each window of `[n, c, h, w]`. `dx = dy` at the largest, else 0. Windows that don't overlap need no
 * indices: `dy` is spread over its window and kept where `x` equals the maximum, shared evenly between equals.
 */
export const maxPool2d: Rule<Pool2dAttributes> = {
  name: "max_pool2d",
  half: true,
  shape: pooledShape,
  forward: ({ graph, inputs: [x], attributes, shape }) =>
    pool(graph, "MaxPool", x, { shape, attributes: poolAttributes(attributes) }),
  gradient({ graph, inputs: [x], attributes, output, dy }) {
    const operands = { x, y: output, dy };
    return [
      tiles(x.shape, attributes)
        ? tiledMaxGradient(graph, operands, attributes.size)
        : overlappingMaxGradient(graph, operands, attributes),
    ];
  },
};

/** The mean of each window of `[n, c, h, w]`, not counting what is padded. Each element of a window gets its share of `dy`. */
export const averagePool2d: Rule<Pool2dAttributes> = {
  name: "average_pool2d",
  shape: pooledShape,
  forward: ({ graph, inputs: [x], attributes, shape }) =>
    pool(graph, "AveragePool", x, { shape, attributes: { ...poolAttributes(attributes), count_include_pad: 0 } }),
  gradient({ graph, inputs: [x], attributes, dy }) {
    const { size } = attributes;
    if (tiles(x.shape, attributes)) return [spread(graph, div(graph, dy, sizeOf(size)), size)];
    const counts = graph.constant(windowCounts(x.shape, attributes), [1, 1, ...dy.shape.slice(2)]);
    const share = div(graph, dy, counts);
    return [scatter(graph, positions(size).map(() => share), x.shape, attributes)];
  },
};

function poolAttributes({ size, strides, pads }: Pool2dAttributes) {
  return { kernel_shape: size, strides, pads };
}

/** Whether the windows lie side by side and cover all. */
export function tiles([, , h, w]: Shape, { size, strides, pads }: Pool2dAttributes): boolean {
  return size.every((extent, axis) => extent === strides[axis]) && pads.every((count) => count === 0) &&
    h % size[0] === 0 && w % size[1] === 0;
}

interface MaxOperands {
  x: Tensor;
  y: Tensor;
  dy: Tensor;
}

/** The gradient of `x` where windows of `size` lie side by side. */
export function tiledMaxGradient(graph: Graph, { x, y, dy }: MaxOperands, size: readonly [number, number]): Tensor {
  const largest = x.blocked
    ? blockedEquals(graph, x, y, size)
    : asNumber(graph, equal(graph, x, spread(graph, y, size)));
  const equals = pool(graph, "AveragePool", largest, {
    shape: y.shape,
    attributes: { kernel_shape: size, strides: size },
  });
  const share = div(graph, dy, mul(graph, equals, sizeOf(size)));
  return mul(graph, largest, spread(graph, share, size));
}

/** 1 where `x` is the maximum `y` of its window, else 0, in one pass: `x - y` is 0 or, made steep, below -1. */
function blockedEquals(graph: Graph, x: Tensor, y: Tensor, size: readonly [number, number]): Tensor {
  const sum = spread(graph, unary(graph, "Neg", y), size);
  return channelAffine(graph, x, { scale: ones(graph, x.shape[1]), sum, clip: { factor: STEEP, offset: 1 } });
}

/** Position by position of the window, so that windows may overlap or leave a rim out. */
function overlappingMaxGradient(graph: Graph, { x, y, dy }: MaxOperands, attributes: Pool2dAttributes): Tensor {
  const { size, strides, pads } = attributes;
  const around = { before: [0, 0, pads[0], pads[1]], after: [0, 0, pads[2], pads[3]] };
  const padded = pad(graph, x, { ...around, value: -3.4028234663852886e38 });
  const taps = positions(size).map(([row, column]) => {
    const starts = [row, column];
    const ends = [row + strides[0] * (y.shape[2] - 1) + 1, column + strides[1] * (y.shape[3] - 1) + 1];
    return asNumber(graph, equal(graph, slice(graph, padded, { axes: [2, 3], starts, ends, steps: strides }), y));
  });
  const equals = taps.length === 1 ? taps[0] : graph.node("Sum", taps, y.shape);
  const share = div(graph, dy, equals);
  return scatter(graph, taps.map((tap) => mul(graph, tap, share)), x.shape, attributes);
}

/** Adds, for each position of the window, its tensor to where the windows hold that position: a transposed convolution with one-hot filters. */
function scatter(graph: Graph, taps: readonly Tensor[], [n, c, h, w]: Shape, attributes: Pool2dAttributes): Tensor {
  const { size, strides, pads } = attributes;
  const [, , oh, ow] = taps[0].shape;
  const { length } = taps;
  const maps = taps.map((tap) => reshape(graph, tap, [n * c, 1, oh, ow]));
  const stacked = graph.node("Concat", maps, [n * c, length, oh, ow], { attributes: { axis: 1 } });
  const oneHot = Float32Array.from({ length: length * length }, (_, at) => at % (length + 1) === 0 ? 1 : 0);
  const filter = graph.constant(oneHot, [length, 1, ...size], `one-hot ${size.join()}`);
  const uncovered = [
    h + pads[0] + pads[2] - size[0] - strides[0] * (oh - 1),
    w + pads[1] + pads[3] - size[1] - strides[1] * (ow - 1),
  ];
  // Rows that no window reaches may be more than a stride allows as output padding: they are padded by hand.
  const reached = [n * c, 1, h - uncovered[0], w - uncovered[1]];
  const options = { attributes: { strides, pads, kernel_shape: size } };
  const gathered = graph.node("ConvTranspose", [stacked, filter], reached, options);
  const full = pad(graph, gathered, { before: [0, 0, 0, 0], after: [0, 0, ...uncovered] });
  return reshape(graph, full, [n, c, h, w]);
}

function positions([height, width]: readonly [number, number]): [number, number][] {
  return Array.from({ length: height * width }, (_, at) => [Math.floor(at / width), at % width]);
}

function windowCounts([, , h, w]: Shape, attributes: Pool2dAttributes): Float32Array {
  const { size, strides, pads } = attributes;
  const [, , oh, ow] = pooledShape([[1, 1, h, w]], attributes);
  const inside = (at: number, axis: 0 | 1, extent: number) => {
    const start = at * strides[axis] - pads[axis];
    return Math.min(start + size[axis], extent) - Math.max(start, 0);
  };
  return Float32Array.from({ length: oh * ow }, (_, at) => inside(Math.floor(at / ow), 0, h) * inside(at % ow, 1, w));
}

/** Each element of `[n, c, h, w]` repeated over a window of its own. */
export function spread(graph: Graph, x: Tensor, [height, width]: readonly [number, number]): Tensor {
  const [n, c, h, w] = x.shape;
  const shape = [n, c, h * height, w * width];
  if (x.blocked) {
    return blockedNode(graph, "Upsample", [x], { shape, attributes: { scales: [1, 1, height, width] } });
  }
  const scales = graph.constant(Float32Array.of(1, 1, height, width), [4], `scales ${height} ${width}`);
  return graph.node("Resize", [x, undefined, scales], shape, {
    attributes: { mode: "nearest", coordinate_transformation_mode: "asymmetric", nearest_mode: "floor" },
  });
}

/** A pooling node on `x` as it lies. */
export function pool(
  graph: Graph,
  op: "MaxPool" | "AveragePool",
  x: Tensor,
  options: { shape: Shape; attributes: NodeOptions["attributes"] },
): Tensor {
  if (x.blocked) return blockedNode(graph, op, [x], options);
  return graph.node(op, [x], options.shape, { attributes: options.attributes });
}
