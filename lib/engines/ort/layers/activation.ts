import {
  elu,
  gelu,
  geluNew,
  hardSigmoid,
  leakyRelu,
  relu6,
  selu,
  sigmoid,
  softplus,
  softsign,
  swish,
  tanh,
} from "../ops/activations.ts";
import { prelu } from "../ops/prelu.ts";
import { relu } from "../ops/relu.ts";
import { softmax as softmaxOperation } from "../ops/softmax.ts";
import type { Rule } from "../program.ts";
import type { Activation, LayerContext, LayerRule } from "./layer_rule.ts";

const PLAIN: Readonly<Record<string, Rule<null>>> = {
  relu,
  relu6,
  sigmoid,
  tanh,
  selu,
  gelu,
  gelu_new: geluNew,
  swish,
  softplus,
  softsign,
  hardSigmoid,
  hard_sigmoid: hardSigmoid,
};

/** What {@linkcode LayerContext.activate} does: the function called `name` on `activation`. */
export function activate(context: LayerContext, activation: Activation, name: unknown): Activation {
  const { apply, like, refuse } = context;
  const key = name ?? "linear";
  if (key === "linear") return activation;
  if (typeof key !== "string") return refuse(`activation ${JSON.stringify(key)}`);
  if (key === "elu") return like(apply(elu, [activation.value], { alpha: 1 }), activation);
  if (key === "softmax") return softmaxOf(context, activation, -1);
  if (!(key in PLAIN)) return refuse(`activation ${key}`);
  return like(apply(PLAIN[key], [activation.value], null), activation);
}

function softmaxOf({ apply, channelsLast, last }: LayerContext, activation: Activation, axis: number): Activation {
  const x = channelsLast(activation);
  return last(apply(softmaxOperation, [x], { axis: axis < 0 ? axis + x.shape.length : axis }));
}

export const activation: LayerRule = ({ config, inputs: [input], activate }) => activate(input, config.activation);

/** ReLU, with an upper bound where `maxValue` is set. */
export const reluLayer: LayerRule = ({ config, inputs: [input], activate, refuse }) => {
  if (config.maxValue === undefined || config.maxValue === null) return activate(input, "relu");
  return config.maxValue === 6 ? activate(input, "relu6") : refuse(`maxValue ${config.maxValue}`);
};

/** Softmax along an axis. */
export const softmaxLayer: LayerRule = (context) =>
  softmaxOf(context, context.inputs[0], context.config.axis as number ?? -1);

export const leakyReluLayer: LayerRule = ({ config, inputs: [input], apply, like }) =>
  like(apply(leakyRelu, [input.value], { alpha: config.alpha as number }));

export const eluLayer: LayerRule = ({ config, inputs: [input], apply, like }) =>
  like(apply(elu, [input.value], { alpha: config.alpha as number }));

/** PReLU, its slopes shared over the axes that the layer says. */
export const preluLayer: LayerRule = ({ inputs: [input], layer, weight, apply, like }) => {
  const [steps, channels] = layer.weights[0].shape as number[];
  const arrangement = input.layout === "channels-last"
    ? {}
    : input.tfShape.length === 4
    ? { order: [2, 0, 1] }
    : { order: [1, 0], shape: [channels, 1, steps] };
  return like(apply(prelu, [input.value, weight("alpha", arrangement)!], null));
};
