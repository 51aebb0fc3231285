import { greater, mul, reduce, sub, sumTo, where } from "../onnx/arithmetic.ts";
import { ACTIVATIONS, elu, leakyRelu } from "../ops/activations.ts";
import type { Rule } from "../program.ts";
import type { Activation, LayerContext, LayerRule } from "./layer_rule.ts";

/** `y_k = e^x_k / sum_j e^x_j` along an axis; `dx = y (dy - sum_j dy_j y_j)`. */
const softmax: Rule<{ axis: number }> = {
  name: "softmax",
  forward: ({ graph, inputs: [x], attributes }) => graph.node("Softmax", [x], x.shape, { attributes }),
  gradient({ graph, attributes: { axis }, output, dy }) {
    const mean = reduce(graph, mul(graph, dy, output), { by: "Sum", axes: [axis], keep: true });
    return [mul(graph, output, sub(graph, dy, mean))];
  },
};

/** He et al. 2015: `y = x` above 0, `alpha x` below; `dx = dy` or `alpha dy`, `dalpha = sum dy x` where `x < 0`. */
const prelu: Rule<null> = {
  name: "prelu",
  forward: ({ graph, inputs: [x, alpha] }) => graph.node("PRelu", [x, alpha], x.shape),
  gradient({ graph, inputs: [x, alpha], dy, needs }) {
    const above = greater(graph, x, 0);
    return [
      needs[0] ? mul(graph, dy, where(graph, above, 1, alpha)) : undefined,
      needs[1] ? sumTo(graph, mul(graph, dy, where(graph, above, 0, x)), alpha.shape) : undefined,
    ];
  },
};

/** What {@linkcode LayerContext.activate} does: the function called `name` on `activation`. */
export function activate(context: LayerContext, activation: Activation, name: unknown): Activation {
  const key = name ?? "linear";
  if (key === "linear") return activation;
  if (typeof key !== "string") return context.refuse(`activation ${JSON.stringify(key)}`);
  if (key === "softmax") return softmaxOf(context, activation, -1);
  const rule = key === "elu" ? elu(1) : ACTIVATIONS[key === "hardSigmoid" ? "hard_sigmoid" : key];
  return rule ? elementwise(context, rule, activation) : context.refuse(`activation ${key}`);
}

function elementwise({ apply, like }: LayerContext, rule: Rule<null>, activation: Activation): Activation {
  return like(apply(rule, [activation.value], null), activation);
}

function softmaxOf({ apply, channelsLast, last }: LayerContext, activation: Activation, axis: number): Activation {
  const x = channelsLast(activation);
  return last(apply(softmax, [x], { axis: axis < 0 ? axis + x.shape.length : axis }));
}

export const activationLayers: Readonly<Record<string, LayerRule>> = {
  Activation: ({ config, inputs: [input], activate }) => activate(input, config.activation),
  ELU: (context) => elementwise(context, elu(context.config.alpha as number), context.inputs[0]),
  LeakyReLU: (context) => elementwise(context, leakyRelu(context.config.alpha as number), context.inputs[0]),
  // Its slopes are shared over the axes that the layer says.
  PReLU: ({ inputs: [input], layer, weight, apply, like }) => {
    const [steps, channels] = layer.weights[0].shape as number[];
    const arrangement = input.layout === "channels-last"
      ? {}
      : input.tfShape.length === 4
      ? { order: [2, 0, 1] }
      : { order: [1, 0], shape: [channels, 1, steps] };
    return like(apply(prelu, [input.value, weight("alpha", arrangement)!], null));
  },
  // With an upper bound where `maxValue` is set.
  ReLU: ({ config: { maxValue = null }, inputs: [input], activate, refuse }) => {
    if (maxValue !== null && maxValue !== 6) return refuse(`maxValue ${maxValue}`);
    return activate(input, maxValue === null ? "relu" : "relu6");
  },
  Softmax: (context) => softmaxOf(context, context.inputs[0], context.config.axis as number ?? -1),
};
