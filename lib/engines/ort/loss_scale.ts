import type { SessionOptions } from "../engine.ts";
import type { Graph, Tensor } from "./graph.ts";
import { mul, reduce } from "./onnx/arithmetic.ts";

/** The vector of a state, of one number, that gradients in float16 are multiplied with (Micikevicius et al. 2018). */
export const LOSS_SCALE = "loss scale";
/** The length of the gradient, as a step in float16 gives it out: no number where a value was too large. */
export const GRADIENT_NORM = "gradient norm";

/** A power of two, so that it moves exponents and rounds nothing. */
const FIRST = 2 ** 15;
const LARGEST = 2 ** 24;
/** Steps after which a larger scale is tried. */
const GROWS_EVERY = 2000;

const GROWTH = "growth of the loss scale";

/** What a state has beside its weights. */
export function scaleVector(precision: SessionOptions["precision"]): Record<string, Float32Array> {
  return precision === "mixed" ? { [LOSS_SCALE]: Float32Array.of(FIRST) } : {};
}

/** What a step is told of it, where `step` counts those done. */
export function scaleNumbers(precision: SessionOptions["precision"], step: number): Record<string, number> {
  return precision === "mixed" ? { [GROWTH]: (step + 1) % GROWS_EVERY === 0 ? 2 : 1 } : {};
}

/** The scale as an input; none in float32. */
export function lossScale(graph: Graph, precision: SessionOptions["precision"]): Tensor | undefined {
  return precision === "mixed" ? graph.input(LOSS_SCALE, [1]) : undefined;
}

/** The scale of the next step, and whether this one's did. */
export function moveLossScale(graph: Graph, { scale, gradient }: { scale: Tensor; gradient: Tensor }): void {
  graph.scope(LOSS_SCALE);
  const grown = mul(graph, scale, graph.input(GROWTH, []));
  graph.output(`${LOSS_SCALE} next`, graph.node("Min", [grown, graph.scalar(LARGEST)], [1]));
  graph.output(GRADIENT_NORM, reduce(graph, gradient, { by: "L2", axes: [0] }));
}
