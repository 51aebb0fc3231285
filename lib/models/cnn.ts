import * as tf from "@tensorflow/tfjs";
import type { z } from "zod";
import { classifier, convolution, halved, type Maps, normalisedRelu, pooled, spectrogramInput } from "./blocks.ts";
import type { cnnOptions } from "./model_options.ts";
import type { ModelShape } from "./model_shape.ts";

/**
 * Blocks of convolution, batch normalisation, ReLU and 2x2 max pooling, then global pooling: the plain network that
 * published figures on small sound sets come from. 98 k parameters with filters 16-32-64-128 and 7 classes.
 */
export function cnn(options: z.output<z.ZodObject<typeof cnnOptions>>, shape: ModelShape): tf.LayersModel {
  const { filters, kernel, dropout, pooling } = options;
  const input = spectrogramInput(shape);
  const maps = filters.reduce<Maps>((x, count, i) => {
    const name = `block${i + 1}`;
    const convolved = convolution(x, { name: `${name}_conv`, filters: count, kernel });
    return halved(normalisedRelu(convolved, name), `${name}_pool`);
  }, input);
  const outputs = classifier(pooled(maps, pooling), { classes: shape.classes, dropout });
  return tf.model({ inputs: input, outputs, name: "cnn" });
}
