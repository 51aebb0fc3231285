import * as tf from "@tensorflow/tfjs";
import { apply, classifier, dense, inRows, type Maps, spectrogramInput } from "./blocks.ts";
import type { ModelShape } from "./define_model.ts";
import type { headOptions, Resolved } from "./model_options.ts";

type Options = Resolved<typeof headOptions>;

/**
 * What decides over embeddings that come from elsewhere, an encoder's above all: they are pooled over time, then follow
 * the hidden layers, if any, and one linear layer to the classes.
 */
export function head(options: Options, shape: ModelShape): tf.LayersModel {
  const input = spectrogramInput(shape);
  const outputs = decided(inRows(input, "embeddings"), { ...options, classes: shape.classes });
  return tf.model({ inputs: input, outputs, name: "head" });
}

/** `[count, frames, width]` to logits. */
export function decided(rows: Maps, { hidden, pooling, dropout, classes }: Options & { classes: number }): Maps {
  const units = hidden.reduce(
    (x, count, i) => apply(dense(`hidden${i + 1}`, count, "relu"), x),
    rows.shape[1] === 1 ? apply(tf.layers.flatten({ name: "row" }), rows) : pooled(rows, pooling),
  );
  return classifier(units, { classes, dropout });
}

/** `[count, frames, width]` to `[count, …]`. */
function pooled(rows: Maps, pooling: Options["pooling"]): Maps {
  const mean = () => apply(tf.layers.globalAveragePooling1d({ name: "mean" }), rows);
  const max = () => apply(tf.layers.globalMaxPooling1d({ name: "max" }), rows);
  if (pooling === "mean") return mean();
  if (pooling === "max") return max();
  if (pooling === "mean-max") return apply(tf.layers.concatenate({ name: "mean_and_max" }), [mean(), max()]);
  if (pooling === "sequence") return apply(tf.layers.flatten({ name: "sequence" }), rows);
  return attended(rows);
}

/** The rows' mean by weights that a layer gives them, over their number (Ilse et al. 2018, without its hidden layer). */
function attended(rows: Maps): Maps {
  const width = rows.shape[2]!;
  const scores = apply(tf.layers.flatten({ name: "scores" }), apply(dense("attention", 1), rows));
  const weights = apply(tf.layers.activation({ activation: "softmax", name: "weights" }), scores);
  const repeated = apply(tf.layers.repeatVector({ n: width, name: "for_each_number" }), weights);
  const spread = apply(tf.layers.permute({ dims: [2, 1], name: "by_row" }), repeated);
  const weighted = apply(tf.layers.multiply({ name: "weighted" }), [spread, rows]);
  return apply(tf.layers.globalAveragePooling1d({ name: "attended" }), weighted);
}
