import { pad as emitPad, slice } from "../onnx/rearrange.ts";
import type { Graph, Shape, Tensor } from "../graph.ts";
import type { Rule } from "../program.ts";

/** How many rows of zeros are put before and after each axis. */
export interface PadAttributes {
  before: readonly number[];
  after: readonly number[];
}

function inner(graph: Graph, x: Tensor, { before, after }: PadAttributes): Tensor {
  const axes = x.shape.flatMap((_, axis) => before[axis] + after[axis] > 0 ? [axis] : []);
  const starts = axes.map((axis) => before[axis]);
  return slice(graph, x, { axes, starts, ends: axes.map((axis) => x.shape[axis] - after[axis]) });
}

/** Zeros around; `dx` is the inner part of `dy`. */
export const pad: Rule<PadAttributes> = {
  name: "pad",
  half: true,
  shape: ([x]: readonly Shape[], { before, after }) => x.map((extent, axis) => extent + before[axis] + after[axis]),
  forward: ({ graph, inputs: [x], attributes }) => emitPad(graph, x, attributes),
  gradient: ({ graph, attributes, dy }) => [inner(graph, dy, attributes)],
};

/** The inner part; `dx` is `dy` with zeros around. */
export const crop: Rule<PadAttributes> = {
  name: "crop",
  half: true,
  shape: ([x]: readonly Shape[], { before, after }) => x.map((extent, axis) => extent - before[axis] - after[axis]),
  forward: ({ graph, inputs: [x], attributes }) => inner(graph, x, attributes),
  gradient: ({ graph, attributes, dy }) => [emitPad(graph, dy, attributes)],
};
