import type { Graph, Tensor } from "../graph.ts";
import { add, mul } from "../onnx/arithmetic.ts";

/** Szegedy et al. 2016: `t (1 - s) + s / classes`. */
export function smoothTargets(
  graph: Graph,
  targets: Tensor,
  { smoothing = 0, classes }: { smoothing?: number; classes: number },
) {
  return smoothing === 0 ? targets : add(graph, mul(graph, targets, 1 - smoothing), smoothing / classes);
}
