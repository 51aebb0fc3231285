import { layerNorm } from "../ops/layer_norm.ts";
import type { LayerRule } from "./layer_rule.ts";

/** LayerNormalization over the last axis. */
export const layerNormalization: LayerRule = ({ config, weight, fixed, apply, channelsLast, last, refuse }) => {
  const x = channelsLast();
  const axes = [config.axis as number | number[]].flat();
  const rank = x.shape.length;
  if (axes.length !== 1 || (axes[0] !== -1 && axes[0] !== rank - 1)) return refuse(`axis ${axes}`);
  const channels = x.shape[rank - 1];
  const gamma = weight("gamma") ?? fixed("gamma", new Float32Array(channels).fill(1));
  const beta = weight("beta") ?? fixed("beta", new Float32Array(channels));
  return last(apply(layerNorm, [x, gamma, beta], { epsilon: config.epsilon as number }));
};
