import type { Graph, Tensor } from "../graph.ts";
import { unary } from "./arithmetic.ts";

/** Turns the smallest normal number into more than 1. */
export const STEEP = 3e38;

/**
 * 1 where `x` is above 0, else 0, for `x >= 0`: `min(max(steep x, 0), 1)`, one pass with vector instructions, where Sign
 * and comparisons go element by element.
 */
export function stepAbove0(graph: Graph, x: Tensor): Tensor {
  return unary(graph, "HardSigmoid", x, { alpha: { float: STEEP }, beta: { float: 0 } });
}
