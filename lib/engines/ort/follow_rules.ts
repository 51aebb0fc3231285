import { NORM_EPSILON, type WeightConstraint, type WeightRule } from "../weight_rules.ts";
import type { Graph, Tensor } from "./graph.ts";
import { add, div, max, mul, reduce, unary } from "./onnx/arithmetic.ts";
import { reshape } from "./onnx/rearrange.ts";
import { pack, packTensors, unpack } from "./pack_parameters.ts";
import type { Parameter, Program } from "./program.ts";

/** Rules and the program whose weights they are about. */
export interface RuledProgram {
  program: Program;
  rules: readonly WeightRule[];
}

/**
 * What regularizers add to the loss, and the gradient with theirs: `l1 sign(w) + 2 l2 w`.
 *
 * @param weights All trained weights as one vector.
 * @returns No penalty where nothing is regularized.
 */
export function penalise(
  graph: Graph,
  { program, rules }: RuledProgram,
  { weights, gradient }: { weights: Tensor; gradient: Tensor },
): { penalty?: Tensor; gradient: Tensor } {
  const packing = pack(program, "trained");
  const ruled = parametersOf(packing.parameters, rules.filter(({ l1, l2 }) => l1 !== 0 || l2 !== 0));
  if (ruled.length === 0) return { gradient };
  const [values, gradients] = [weights, gradient].map((vector) => unpack(graph, packing, vector));
  let penalty: Tensor | undefined;
  for (const [{ value: { id, shape } }, { l1, l2 }] of ruled) {
    const w = values.get(id)!;
    const axes = shape.map((_, axis) => axis);
    const parts = [
      ...l1 ? [mul(graph, reduce(graph, unary(graph, "Abs", w), { by: "Sum", axes }), l1)] : [],
      ...l2 ? [mul(graph, reduce(graph, w, { by: "SumSquare", axes }), l2)] : [],
    ];
    for (const part of parts) penalty = penalty ? add(graph, penalty, part) : part;
    const slope = add(graph, mul(graph, unary(graph, "Sign", w), l1), mul(graph, w, 2 * l2));
    gradients.set(id, add(graph, gradients.get(id)!, slope));
  }
  return { penalty, gradient: packTensors(graph, packing, gradients) };
}

/** All trained weights as one vector, brought to where their constraints want them. */
export function constrain(graph: Graph, { program, rules }: RuledProgram, weights: Tensor): Tensor {
  const packing = pack(program, "trained");
  const ruled = parametersOf(packing.parameters, rules.filter(({ constraint }) => constraint));
  if (ruled.length === 0) return weights;
  const values = unpack(graph, packing, weights);
  for (const [parameter, { constraint }] of ruled) {
    const { value: { id } } = parameter;
    values.set(id, constrained(graph, parameter, { w: values.get(id)!, constraint: constraint! }));
  }
  return packTensors(graph, packing, values);
}

function constrained(
  graph: Graph,
  { tfShape, order, value: { shape } }: Parameter,
  { w, constraint }: { w: Tensor; constraint: WeightConstraint },
): Tensor {
  if (constraint.kind === "non-negative") return unary(graph, "Relu", w);
  const { min, max: most, rate } = constraint;
  // The axes are those of tfjs: before the last reshape each has its place.
  const ordered = reshape(graph, w, order.map((axis) => tfShape[axis]));
  const axes = constraint.axes.map((axis) => order.indexOf(axis));
  const norm = reduce(graph, ordered, { by: "L2", axes, keep: true });
  const clipped = max(graph, graph.node("Min", [norm, graph.scalar(most)], norm.shape), min);
  const wanted = add(graph, mul(graph, clipped, rate), mul(graph, norm, 1 - rate));
  return reshape(graph, mul(graph, ordered, div(graph, wanted, add(graph, norm, NORM_EPSILON))), shape);
}

function parametersOf(parameters: readonly Parameter[], rules: readonly WeightRule[]): [Parameter, WeightRule][] {
  return rules.map((rule) => [parameters.find(({ index }) => index === rule.index)!, rule]);
}
