import { dropout as dropoutOperation } from "../ops/dropout.ts";
import { gaussianDropout, gaussianNoise } from "../ops/gaussian_noise.ts";
import type { LayerRule } from "./layer_rule.ts";

export const dropout: LayerRule = ({ config, inputs: [input], apply, channelsLast, last, like }) => {
  const rate = config.rate as number;
  if (rate === 0) return input;
  const noiseShape = config.noiseShape as (number | null)[] | null | undefined;
  if (!noiseShape) return like(apply(dropoutOperation, [input.value], { rate, maskShape: input.value.shape }));
  const x = channelsLast();
  const maskShape = x.shape.map((extent, axis) => noiseShape[axis] ?? extent);
  return last(apply(dropoutOperation, [x], { rate, maskShape }));
};

/** SpatialDropout1D: whole channels at once. */
export const spatialDropout: LayerRule = ({ config, inputs: [input], apply, channelsLast, last }) => {
  const rate = config.rate as number;
  if (rate === 0) return input;
  const x = channelsLast();
  return last(apply(dropoutOperation, [x], { rate, maskShape: [x.shape[0], 1, x.shape[2]] }));
};

export const gaussianNoiseLayer: LayerRule = ({ config, inputs: [input], apply, like }) =>
  like(apply(gaussianNoise, [input.value], { deviation: config.stddev as number }));

export const gaussianDropoutLayer: LayerRule = ({ config, inputs: [input], apply, like }) => {
  const rate = config.rate as number;
  if (rate === 0) return input;
  return like(apply(gaussianDropout, [input.value], { deviation: Math.sqrt(rate / (1 - rate)) }));
};
