import { batchNorm } from "../ops/batch_norm.ts";
import type { LayerRule } from "./layer_rule.ts";

const AXIS_REMEDY = "no engine can train what tfjs can't: put Permute layers before and behind it";

/** BatchNormalization over the last axis of tfjs. */
export const batchNormalization: LayerRule = (context) => {
  const { config, inputs: [input], weight, fixed, apply, like, frozen, refuse } = context;
  const axis = config.axis as number;
  if (axis !== -1 && axis !== input.tfShape.length - 1) return refuse(`axis ${axis}`, AXIS_REMEDY);
  const x = input.tfShape.length === 2 ? context.channelsLast() : context.channelsFirst();
  const channels = x.shape[1];
  const gamma = weight("gamma") ?? fixed("gamma", new Float32Array(channels).fill(1));
  const beta = weight("beta") ?? fixed("beta", new Float32Array(channels));
  const y = apply(batchNorm, [x, gamma, beta, weight("moving_mean")!, weight("moving_variance")!], {
    epsilon: config.epsilon as number,
    momentum: config.momentum as number,
    frozen,
  });
  return {
    value: y,
    layout: input.tfShape.length === 2 ? "channels-last" : "channels-first",
    tfShape: like(y).tfShape,
  };
};
