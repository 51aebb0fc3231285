import * as tf from "@tensorflow/tfjs";
import type { z } from "zod";
import { apply, classifier, convolution, halved, type Maps, normalisedRelu, spectrogramInput } from "./blocks.ts";
import type { crnnOptions } from "./model_options.ts";
import type { ModelShape } from "./model_shape.ts";

/**
 * Convolutional blocks, then gated recurrent units (Cho et al. 2014) over the frames that are left, both ways, and the
 * mean over time: the CRNN of Çakır et al. 2017. 442 k parameters with 128 bands and 4 classes.
 */
export function crnn(options: z.output<z.ZodObject<typeof crnnOptions>>, shape: ModelShape): tf.LayersModel {
  const { filters, units, bidirectional, dropout } = options;
  const input = spectrogramInput(shape);
  const maps = filters.reduce<Maps>((x, count, i) => {
    const name = `block${i + 1}`;
    return halved(
      normalisedRelu(convolution(x, { name: `${name}_conv`, filters: count, kernel: 3 }), name),
      `${name}_pool`,
    );
  }, input);
  const [frames, bands, channels] = maps.shape.slice(1) as number[];
  const steps = apply(tf.layers.reshape({ targetShape: [frames, bands * channels], name: "steps" }), maps);
  const unit = tf.layers.gru({
    name: "gru",
    units,
    returnSequences: true,
    kernelInitializer: "zeros", // drawn by initialiseWeights
    recurrentInitializer: "zeros",
  }) as tf.RNN;
  const recurrent = bidirectional
    ? tf.layers.bidirectional({ layer: unit, mergeMode: "concat", name: "both_ways" })
    : unit;
  const mean = apply(tf.layers.globalAveragePooling1d({ name: "mean_over_time" }), apply(recurrent, steps));
  return tf.model({ inputs: input, outputs: classifier(mean, { classes: shape.classes, dropout }), name: "crnn" });
}
