import type { Graph, NodeOptions, Shape, Tensor } from "../graph.ts";
import { ELEMENT_TYPES } from "./model.ts";
import { sizeOf } from "./rearrange.ts";

/** Extents of `a` and `b` broadcast against each other, as numpy does. */
export function broadcastShape(a: Shape, b: Shape): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const [m, n] = [a[a.length - rank + i] ?? 1, b[b.length - rank + i] ?? 1];
    return m === 1 ? n : m;
  });
}

type Operand = Tensor | number;

/**
 * What goes element by element into one node: blocked values stay blocked where all lie so or can, and nothing but
 * single numbers stands beside them.
 */
function alike(graph: Graph, operands: readonly Operand[]): { tensors: Tensor[]; raw: boolean; blocked: boolean } {
  const tensors = operands.map((x) => typeof x === "number" ? graph.scalar(x) : x);
  const large = tensors.filter(({ shape }) => shape.length > 0);
  const blocked = large.some((x) => x.blocked) &&
    large.every((x) => x.shape.join() === large[0].shape.join() && (x.blocked || x.type === "float32"));
  if (!blocked) return { tensors, raw: false, blocked };
  return { tensors: tensors.map((x) => x.shape.length > 0 ? graph.blocked(x) : x), raw: true, blocked };
}

function elementwise(graph: Graph, op: string, operands: readonly Operand[], options: NodeOptions = {}): Tensor {
  const { tensors, ...form } = alike(graph, operands);
  const shape = tensors.map((x) => x.shape).reduce(broadcastShape);
  return graph.node(op, tensors, shape, { ...options, ...form });
}

type Binary = (graph: Graph, a: Operand, b: Operand) => Tensor;

function binary(op: string): Binary {
  return (graph, a, b) => elementwise(graph, op, [a, b]);
}

export const add: Binary = binary("Add");
export const sub: Binary = binary("Sub");
export const mul: Binary = binary("Mul");
export const div: Binary = binary("Div");
/** The larger of the two, broadcast. */
export const max: Binary = binary("Max");
/** `a` to the power of `b`, broadcast. */
export const pow: Binary = binary("Pow");

export function equal(graph: Graph, a: Tensor, b: Tensor): Tensor {
  return elementwise(graph, "Equal", [a, b], { type: "bool" });
}

export function greater(graph: Graph, a: Tensor, b: Operand): Tensor {
  return elementwise(graph, "Greater", [a, b], { type: "bool" });
}

/** `yes` where `condition` holds, else `no`. */
export function where(graph: Graph, condition: Tensor, yes: Operand, no: Operand): Tensor {
  return elementwise(graph, "Where", [condition, yes, no]);
}

/** A function of each element, e.g. `"Exp"`. */
export function unary(graph: Graph, op: string, x: Tensor, attributes: NodeOptions["attributes"] = {}): Tensor {
  return elementwise(graph, op, [x], { attributes });
}

/** 1 where `condition` holds, else 0. */
export function asNumber(graph: Graph, condition: Tensor): Tensor {
  return elementwise(graph, "Cast", [condition], { attributes: { to: ELEMENT_TYPES.float32 } });
}

/** Turns the smallest normal number into more than 1. */
export const STEEP = 3e38;

/**
 * 1 where `x` is above 0, else 0, for `x >= 0`: `min(max(steep x, 0), 1)`, one pass with vector instructions, where Sign
 * and comparisons go element by element.
 */
export function stepAbove0(graph: Graph, x: Tensor): Tensor {
  return unary(graph, "HardSigmoid", x, { alpha: { float: STEEP }, beta: { float: 0 } });
}

export function zeros(graph: Graph, ...shape: Shape): Tensor {
  return graph.constant(new Float32Array(sizeOf(shape)), shape, `zeros ${shape.join(" ")}`);
}

export function ones(graph: Graph, count: number): Tensor {
  return graph.constant(new Float32Array(count).fill(1), [count], `ones ${count}`);
}

/** Sum of all, of tensors of one shape. */
export function sumOf(graph: Graph, tensors: readonly Tensor[]): Tensor {
  if (tensors.length === 1) return tensors[0];
  return tensors.length === 2 ? add(graph, tensors[0], tensors[1]) : elementwise(graph, "Sum", tensors);
}

/** Sum, mean, … over `axes`, which stay as extents of 1 where `keep` is set. */
export function reduce(
  graph: Graph,
  x: Tensor,
  { by, axes, keep = false }: {
    by: "Sum" | "Mean" | "Max" | "SumSquare" | "L2";
    axes: readonly number[];
    keep?: boolean;
  },
): Tensor {
  const shape = x.shape.flatMap((extent, axis) => axes.includes(axis) ? (keep ? [1] : []) : [extent]);
  // Max takes its axes as an input from opset 18 on like the others.
  return graph.node(`Reduce${by}`, [x, graph.integers(axes)], shape, { attributes: { keepdims: keep ? 1 : 0 } });
}

/** Adds up what broadcasting spread out: the gradient of an operand of extents `shape`. */
export function sumTo(graph: Graph, x: Tensor, shape: Shape): Tensor {
  const lead = x.shape.length - shape.length;
  const axes = x.shape.flatMap((extent, axis) =>
    axis < lead || (shape[axis - lead] === 1 && extent !== 1) ? [axis] : []
  );
  if (axes.length === 0) return x;
  const kept = reduce(graph, x, { by: "Sum", axes, keep: true });
  return lead === 0 ? kept : graph.node("Reshape", [kept, graph.integers(shape)], shape);
}

/** `a b` over the last two axes; the flags transpose an operand first (FusedMatMul where one is set). */
export function matmul(
  graph: Graph,
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false, alpha = 1 }: {
    transposeA?: boolean;
    transposeB?: boolean;
    alpha?: number;
  } = {},
): Tensor {
  const rows = transposeA ? a.shape.at(-1)! : a.shape.at(-2)!;
  const columns = transposeB ? b.shape.at(-2)! : b.shape.at(-1)!;
  const shape = [...broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2)), rows, columns];
  if (!transposeA && !transposeB && alpha === 1) return graph.node("MatMul", [a, b], shape);
  return graph.node("FusedMatMul", [a, b], shape, {
    domain: "com.microsoft",
    attributes: { transA: transposeA ? 1 : 0, transB: transposeB ? 1 : 0, alpha: { float: alpha } },
  });
}
