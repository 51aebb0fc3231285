import { dropout as dropoutOperation } from "../ops/dropout.ts";
import type { LayerRule } from "./layer_rule.ts";

/** Dropout. */
export const dropout: LayerRule = ({ config, inputs: [input], apply, channelsLast, last, like }) => {
  const rate = config.rate as number;
  if (rate === 0) return input;
  const noiseShape = config.noiseShape as (number | null)[] | null | undefined;
  if (!noiseShape) return like(apply(dropoutOperation, [input.value], { rate, maskShape: input.value.shape }));
  const x = channelsLast();
  const maskShape = x.shape.map((extent, axis) => noiseShape[axis] ?? extent);
  return last(apply(dropoutOperation, [x], { rate, maskShape }));
};
