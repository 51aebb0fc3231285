import * as tf from "@tensorflow/tfjs";
import type { z } from "zod";
import { apply, classifier, convolution, halved, type Maps, normalisedRelu, spectrogramInput } from "./blocks.ts";
import type { cnn6Options } from "./model_options.ts";
import type { ModelShape } from "./model_shape.ts";

/**
 * CNN6 of Kong et al. 2020 (PANNs): four blocks of 5x5 convolutions with average pooling, the mean over the bands, then
 * mean plus maximum over time. Without their layer of 512 units before the classes, as in Moummad and Farrugia 2023 on
 * lung sounds. 4.3 M parameters with 4 classes.
 */
export function cnn6(
  { filters, dropout }: z.output<z.ZodObject<typeof cnn6Options>>,
  shape: ModelShape,
): tf.LayersModel {
  const input = spectrogramInput(shape);
  const maps = filters.reduce<Maps>((x, count, i) => {
    const name = `block${i + 1}`;
    const convolved = convolution(x, { name: `${name}_conv`, filters: count, kernel: 5 });
    const halves = halved(normalisedRelu(convolved, name), `${name}_pool`, "average");
    return dropout > 0 ? apply(tf.layers.dropout({ rate: dropout, name: `${name}_dropout` }), halves) : halves;
  }, input);
  const bands = maps.shape[2]!;
  const overBands = apply(
    tf.layers.averagePooling2d({ poolSize: [1, bands], strides: [1, bands], name: "mean_over_bands" }),
    maps,
  );
  const mean = apply(tf.layers.globalAveragePooling2d({ name: "mean_over_time" }), overBands);
  const max = apply(tf.layers.globalMaxPooling2d({ name: "max_over_time" }), overBands);
  const sum = apply(tf.layers.add({ name: "mean_plus_max" }), [mean, max]);
  return tf.model({ inputs: input, outputs: classifier(sum, { classes: shape.classes, dropout: 0 }), name: "cnn6" });
}
