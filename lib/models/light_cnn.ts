import * as tf from "@tensorflow/tfjs";
import type { z } from "zod";
import { apply, classifier, convolution, type Maps, normalisedRelu, pooled, spectrogramInput } from "./blocks.ts";
import type { lightCnnOptions } from "./model_options.ts";
import type { ModelShape } from "./model_shape.ts";

/**
 * Depthwise separable blocks after one strided convolution, as in MobileNet (Howard et al. 2017) but narrow: 66 k
 * parameters with 4 classes.
 */
export function lightCnn(
  { filters, dropout }: z.output<z.ZodObject<typeof lightCnnOptions>>,
  shape: ModelShape,
): tf.LayersModel {
  const input = spectrogramInput(shape);
  const first = convolution(input, { name: "stem_conv", filters: 16, kernel: 3, strides: 2 });
  const maps = filters.reduce<Maps>(
    (x, count, i) => separable(x, { name: `block${i + 1}`, filters: count }),
    normalisedRelu(first, "stem"),
  );
  const outputs = classifier(pooled(maps, "average"), { classes: shape.classes, dropout });
  return tf.model({ inputs: input, outputs, name: "light_cnn" });
}

/** A filter for each map, then a mix of the maps, each with normalisation and ReLU. */
function separable(input: Maps, { name, filters }: { name: string; filters: number }): Maps {
  const depthwise = tf.layers.depthwiseConv2d({
    name: `${name}_depthwise`,
    kernelSize: 3,
    strides: filters > input.shape[3]! ? 2 : 1,
    padding: "same",
    useBias: false,
    depthwiseInitializer: "zeros", // drawn by initialiseWeights
  });
  const filtered = normalisedRelu(apply(depthwise, input), `${name}_depthwise`);
  return normalisedRelu(convolution(filtered, { name: `${name}_mix`, filters, kernel: 1 }), `${name}_mix`);
}
