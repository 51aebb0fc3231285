import { embedding as embeddingOperation } from "../ops/embedding.ts";
import type { LayerRule } from "./layer_rule.ts";

/** Embedding: rows of a table. */
export const embedding: LayerRule = ({ config, weight, apply, channelsLast, last, refuse }) => {
  if (config.maskZero) return refuse("maskZero");
  return last(apply(embeddingOperation, [channelsLast(), weight("embeddings")!], null));
};
