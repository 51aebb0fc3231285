import * as tf from "@tensorflow/tfjs";
import type { z } from "zod";
import {
  apply,
  classifier,
  convolution,
  dense,
  type Maps,
  normalisation,
  normalisedRelu,
  pooled,
  spectrogramInput,
} from "./blocks.ts";
import type { resnetOptions } from "./model_options.ts";
import type { ModelShape } from "./model_shape.ts";

/**
 * A narrow residual network: basic blocks of He et al. 2016 with projections where the width changes, on request each
 * with squeeze and excitation (Hu et al. 2018). 700 k parameters with 4 classes, 712 k with squeeze and excitation.
 */
export function resnet(options: z.output<typeof resnetOptions>, shape: ModelShape): tf.LayersModel {
  const { filters, blocks, squeezeExcitation, dropout } = options;
  const input = spectrogramInput(shape);
  const first = convolution(input, { name: "stem_conv", filters: filters[0], kernel: 3 });
  let maps = normalisedRelu(first, "stem");
  filters.forEach((count, stage) => {
    for (let block = 0; block < blocks; block++) {
      const strides = stage > 0 && block === 0 ? 2 : 1;
      const name = `stage${stage + 1}_block${block + 1}`;
      maps = residual(maps, { name, filters: count, strides, squeezeExcitation });
    }
  });
  const outputs = classifier(pooled(maps, "average"), { classes: shape.classes, dropout });
  return tf.model({ inputs: input, outputs, name: squeezeExcitation ? "se_resnet" : "resnet" });
}

function residual(
  input: Maps,
  options: { name: string; filters: number; strides: number; squeezeExcitation: boolean },
): Maps {
  const { name, filters, strides, squeezeExcitation } = options;
  const first = normalisedRelu(convolution(input, { name: `${name}_conv1`, filters, kernel: 3, strides }), `${name}_1`);
  const second = normalisation(convolution(first, { name: `${name}_conv2`, filters, kernel: 3 }), `${name}_2_norm`);
  const weighed = squeezeExcitation ? excited(second, name) : second;
  const same = strides === 1 && input.shape[3] === filters;
  const short = same
    ? input
    : normalisation(convolution(input, { name: `${name}_short`, filters, kernel: 1, strides }), `${name}_short_norm`);
  const sum = apply(tf.layers.add({ name: `${name}_sum` }), [weighed, short]);
  return apply(tf.layers.activation({ activation: "relu", name: `${name}_relu` }), sum);
}

/** Each map times a weight in (0, 1) that a small network draws from the means of all maps; ratio 8, at least 4 units. */
function excited(input: Maps, name: string): Maps {
  const channels = input.shape[3]!;
  const means = apply(tf.layers.globalAveragePooling2d({ name: `${name}_squeeze` }), input);
  const narrow = apply(dense(`${name}_narrow`, Math.max(4, Math.floor(channels / 8)), "relu"), means);
  const weights = apply(dense(`${name}_excite`, channels, "sigmoid"), narrow);
  const shaped = apply(tf.layers.reshape({ targetShape: [1, 1, channels], name: `${name}_weights` }), weights);
  return apply(tf.layers.multiply({ name: `${name}_weigh` }), [input, shaped]);
}
