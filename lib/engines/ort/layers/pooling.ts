import { globalAveragePool } from "../ops/global_average_pool.ts";
import { globalMaxPool } from "../ops/global_max_pool.ts";
import { averagePool2d, maxPool2d } from "../ops/pool2d.ts";
import { pads, pair } from "./convolution.ts";
import type { LayerRule } from "./layer_rule.ts";

/** Max and average pooling, in two dimensions and along time. */
export const pooling: LayerRule = (context) => {
  const { config, apply, first, layer } = context;
  const kind = layer.getClassName();
  const alongTime = kind.endsWith("1D");
  const x = context.channelsFirst();
  const size = pair(config.poolSize, alongTime);
  const strides = pair(config.strides ?? config.poolSize, alongTime);
  const y = apply(kind.startsWith("Max") ? maxPool2d : averagePool2d, [x], {
    size,
    strides,
    pads: pads(context, [x.shape[2], x.shape[3]], { size, strides }),
  });
  return first(y, alongTime ? 3 : 4);
};

/** Global pooling: one number a channel. */
export const globalPooling: LayerRule = ({ apply, channelsFirst, last, layer }) => {
  const rule = layer.getClassName().startsWith("GlobalMax") ? globalMaxPool : globalAveragePool;
  return last(apply(rule, [channelsFirst()], null));
};
