import { attention as attentionOperation } from "../ops/attention.ts";
import { dense } from "../ops/dense.ts";
import { sum } from "../ops/merge.ts";
import { reshape } from "../ops/reshape.ts";
import type { LayerRule } from "./layer_rule.ts";

/** The project's own MultiHeadAttention. */
export const attention: LayerRule = ({ config, weight, apply, channelsLast, last }) => {
  const x = channelsLast();
  const projected = (role: string, input = x) =>
    apply(dense, [input, weight(`${role}_kernel`)!, weight(`${role}_bias`)!], null);
  const mixed = apply(attentionOperation, ["query", "key", "value"].map((role) => projected(role)), {
    heads: config.heads as number,
  });
  return last(projected("output", mixed));
};

/** The project's own PositionEmbedding. */
export const positions: LayerRule = ({ weight, apply, channelsLast, last }) => {
  const x = channelsLast();
  const table = weight("positions")!;
  const row = apply(reshape, [table], { shape: [1, ...table.shape] });
  return last(apply(sum, [x, row], null));
};
