import * as tf from "@tensorflow/tfjs";
import type { z } from "zod";
import { apply, dense, type Maps, spectrogramInput } from "./blocks.ts";
import type { gruOptions } from "./model_options.ts";
import type { ModelShape } from "./model_shape.ts";

/**
 * Gated recurrent units over the frames, both ways and on top of each other, then dense layers on each frame: the network of
 * McDonald et al. 2024 (doi:10.1371/journal.pdig.0000436) for the states of the heart. 177 k parameters with 40 bands
 * and 5 classes.
 */
export function gru(options: z.output<z.ZodObject<typeof gruOptions>>, shape: ModelShape): tf.LayersModel {
  const { units, layers, hidden, dropout } = options;
  const { frames, bands, channels } = shape;
  const input = spectrogramInput(shape);
  let steps: Maps = apply(tf.layers.reshape({ targetShape: [frames, bands * channels], name: "steps" }), input);
  const dropped = (x: Maps, name: string) =>
    dropout > 0 ? apply(tf.layers.dropout({ rate: dropout, name: `${name}_dropout` }), x) : x;
  for (let i = 1; i <= layers; i++) {
    const unit = tf.layers.gru({
      name: `gru${i}`,
      units,
      returnSequences: true,
      kernelInitializer: "zeros", // drawn by initialiseWeights
      recurrentInitializer: "zeros",
    }) as tf.RNN;
    const layer = tf.layers.bidirectional({ layer: unit, mergeMode: "concat", name: `both_ways${i}` });
    steps = i === 1 ? apply(layer, steps) : apply(layer, dropped(steps, `both_ways${i - 1}`));
  }
  for (const [i, width] of hidden.entries()) {
    const name = `dense${i + 1}`;
    steps = dropped(apply(dense(name, width, "tanh"), steps), name);
  }
  return tf.model({ inputs: input, outputs: apply(dense("logits", shape.classes), steps), name: "gru" });
}
