import type { Graph, Tensor } from "../graph.ts";
import { div, mul, reduce } from "../onnx/arithmetic.ts";

/** Pascanu et al. 2013: `g min(1, clip / |g|)` over all gradients together. */
export function clipNorm(graph: Graph, gradient: Tensor, clip: number): Tensor {
  const norm = reduce(graph, gradient, { by: "L2", axes: [0] });
  return mul(graph, gradient, graph.node("Min", [graph.scalar(1), div(graph, clip, norm)], []));
}
