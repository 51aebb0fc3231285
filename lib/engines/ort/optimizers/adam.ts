import { add, div, mul, sub, unary } from "../onnx/arithmetic.ts";
import type { OptimizerRule, OptionsOf } from "./optimizer_rule.ts";

/**
 * Kingma & Ba 2015: `m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; w -= rate m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + e)`.
 * Weight decay is added to the gradient by `adam` and taken from the weight by `adamw` (Loshchilov & Hutter 2019).
 */
export function adam(options: OptionsOf<"adam"> | OptionsOf<"adamw">): OptimizerRule {
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
