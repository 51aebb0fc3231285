import { add, mul, sub } from "../onnx/arithmetic.ts";
import type { OptimizerRule, OptionsOf } from "./optimizer_rule.ts";

/** `g += decay w; v = momentum v + g; w -= rate v`, or `w -= rate (g + momentum v)` by Nesterov. */
export function sgd({ momentum = 0, nesterov = false }: OptionsOf<"sgd">): OptimizerRule {
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
