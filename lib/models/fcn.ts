import * as tf from "@tensorflow/tfjs";
import type { z } from "zod";
import { apply, type Maps, normalisedRelu, spectrogramInput } from "./blocks.ts";
import type { fcnOptions } from "./model_options.ts";
import type { ModelShape } from "./model_shape.ts";

/**
 * Convolutions along time over all bands, none of which shortens it, then a mixture of the maps of each frame (Long et al.
 * 2015). Four blocks of 15 frames see 57. 225 k parameters with 40 bands and 5 classes.
 */
export function fcn(options: z.output<z.ZodObject<typeof fcnOptions>>, shape: ModelShape): tf.LayersModel {
  const { filters, kernel, dropout } = options;
  const { frames, bands, channels } = shape;
  const input = spectrogramInput(shape);
  const along = (x: Maps, name: string, options: { filters: number; kernelSize: number; useBias: boolean }) =>
    apply(tf.layers.conv1d({ name, padding: "same", kernelInitializer: "zeros", ...options }), x);
  let steps: Maps = apply(tf.layers.reshape({ targetShape: [frames, bands * channels], name: "steps" }), input);
  for (const [i, count] of filters.entries()) {
    const name = `block${i + 1}`;
    const maps = along(steps, `${name}_conv`, { filters: count, kernelSize: kernel, useBias: false });
    steps = normalisedRelu(maps, name);
    if (dropout > 0) steps = apply(tf.layers.dropout({ rate: dropout, name: `${name}_dropout` }), steps);
  }
  const outputs = along(steps, "logits", { filters: shape.classes, kernelSize: 1, useBias: true });
  return tf.model({ inputs: input, outputs, name: "fcn" });
}
