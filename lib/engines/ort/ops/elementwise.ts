import { mul } from "../onnx/arithmetic.ts";
import type { Graph, Tensor } from "../graph.ts";
import type { Rule } from "../program.ts";

/** A function of each element by its formula and its derivative, which may use the result. */
export function elementwise<A = null>(
  name: string,
  formula: (graph: Graph, x: Tensor, attributes: A) => Tensor,
  derivative: (graph: Graph, at: { x: Tensor; y: Tensor }, attributes: A) => Tensor,
): Rule<A> {
  return {
    name,
    shape: ([x]) => x,
    forward: ({ graph, inputs: [x], attributes }) => formula(graph, x, attributes),
    gradient: ({ graph, inputs: [x], output: y, attributes, dy }) => [
      mul(graph, dy, derivative(graph, { x, y }, attributes)),
    ],
  };
}
