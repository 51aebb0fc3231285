/**
 * The optimisers of the engine contract as nodes over one vector of all trained weights.
 *
 * @module
 */
import type { Optimizer, StepOptions } from "../../engine.ts";
import type { Graph, Tensor } from "../graph.ts";
import { add, div, mul, reduce, sub, unary } from "../onnx/arithmetic.ts";

/** Vectors over all trained weights, and the numbers of the step. */
interface UpdateOperands {
  weights: Tensor;
  gradient: Tensor;
  slots: readonly Tensor[];
  /** Numbers of this step by the names in {@linkcode OptimizerRule.scalars}. */
  scalars: Readonly<Record<string, Tensor>>;
}

/** An optimiser as nodes over one vector that holds all trained weights. */
export interface OptimizerRule {
  /** What must be kept between steps, each as long as the weights. */
  readonly slots: readonly string[];
  /** The numbers that a step is given, where `step` counts those done. */
  scalars(options: StepOptions, step: number): Record<string, number>;
  update(graph: Graph, operands: UpdateOperands): { weights: Tensor; slots: Tensor[] };
}

type OptionsOf<Kind extends Optimizer["kind"]> = Extract<Optimizer, { kind: Kind }>;

export function optimizerRule(optimizer: Optimizer): OptimizerRule {
  return optimizer.kind === "sgd" ? sgd(optimizer) : adam(optimizer);
}

/** `g += decay w; v = momentum v + g; w -= rate v`, or `w -= rate (g + momentum v)` by Nesterov. */
function sgd({ momentum = 0, nesterov = false }: OptionsOf<"sgd">): OptimizerRule {
  return {
    slots: momentum > 0 ? ["velocity"] : [],
    scalars: ({ learningRate, weightDecay = 0 }) => ({ rate: learningRate, decay: weightDecay }),
    update(graph, { weights, gradient, slots: [velocity], scalars: { rate, decay } }) {
      const decayed = add(graph, gradient, mul(graph, weights, decay));
      if (momentum === 0) return { weights: sub(graph, weights, mul(graph, decayed, rate)), slots: [] };
      const faster = add(graph, mul(graph, velocity, momentum), decayed);
      const direction = nesterov ? add(graph, decayed, mul(graph, faster, momentum)) : faster;
      return { weights: sub(graph, weights, mul(graph, direction, rate)), slots: [faster] };
    },
  };
}

/**
 * Kingma & Ba 2015: `m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= rate m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + e)`.
 * Weight decay is added to the gradient by `adam` and taken from the weight by `adamw` (Loshchilov & Hutter 2019).
 */
function adam(options: OptionsOf<"adam"> | OptionsOf<"adamw">): OptimizerRule {
  const { kind, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 } = options;
  return {
    slots: ["m", "v"],
    scalars: ({ learningRate, weightDecay = 0 }, step) => ({
      rate: learningRate / (1 - beta1 ** (step + 1)),
      scale: 1 / Math.sqrt(1 - beta2 ** (step + 1)),
      decay: kind === "adam" ? weightDecay : 1 - learningRate * weightDecay,
    }),
    update(graph, { weights, gradient, slots: [m, v], scalars: { rate, scale, decay } }) {
      const g = kind === "adam" ? add(graph, gradient, mul(graph, weights, decay)) : gradient;
      const kept = kind === "adamw" ? mul(graph, weights, decay) : weights;
      const first = add(graph, mul(graph, m, beta1), mul(graph, g, 1 - beta1));
      const second = add(graph, mul(graph, v, beta2), mul(graph, mul(graph, g, g), 1 - beta2));
      const root = add(graph, mul(graph, unary(graph, "Sqrt", second), scale), epsilon);
      return { weights: sub(graph, kept, div(graph, mul(graph, first, rate), root)), slots: [first, second] };
    },
  };
}

/** Pascanu et al. 2013: `g min(1, clip / |g|)` over all gradients together. */
export function clipNorm(graph: Graph, gradient: Tensor, clip: number): Tensor {
  const norm = reduce(graph, gradient, { by: "L2", axes: [0] });
  return mul(graph, gradient, graph.node("Min", [graph.scalar(1), div(graph, clip, norm)], []));
}

/** The number of a step by which the learning rate of a group of layers is multiplied. */
export const groupRateName = (group: number): string => `rate of group ${group}`;
