import * as tf from "@tensorflow/tfjs";
import type { z } from "zod";
import { UsageError } from "../errors/mod.ts";
import { apply, classifier, dense, type Maps, spectrogramInput } from "./blocks.ts";
import { multiHeadAttention, positionEmbedding } from "./layers/mod.ts";
import type { transformerOptions } from "./model_options.ts";
import type { ModelShape } from "./model_shape.ts";

/**
 * Self-attention over square patches: the spectrogram transformer of Gong et al. 2021, with the normalisation before each
 * part (Xiong et al. 2020), so that it trains from scratch, and the mean over the patches. 147 k parameters with patches of
 * 8, windows of 64x128 and 4 classes.
 */
export function transformer(options: z.output<typeof transformerOptions>, shape: ModelShape): tf.LayersModel {
  const { patch, channels, heads, blocks, dropout } = options;
  checkOptions(options, shape);
  const input = spectrogramInput(shape);
  const patches = apply(
    tf.layers.conv2d({
      name: "patches",
      filters: channels,
      kernelSize: patch,
      strides: patch,
      padding: "same", // a rest at the end is filled up with zeros, the mean
      kernelInitializer: "zeros", // drawn by initialiseWeights
    }),
    input,
  );
  const [rows, columns] = patches.shape.slice(1) as number[];
  const sequence = apply(tf.layers.reshape({ targetShape: [rows * columns, channels], name: "sequence" }), patches);
  let x = apply(positionEmbedding({ name: "positions" }), sequence);
  for (let i = 1; i <= blocks; i++) {
    x = added(x, `block${i}_attention`, (y, name) => apply(multiHeadAttention({ name, heads }), y), dropout);
    x = added(x, `block${i}_dense`, (y, name) => {
      const wide = apply(dense(`${name}_wide`, 2 * channels), y);
      const active = apply(tf.layers.activation({ activation: "gelu", name: `${name}_gelu` }), wide);
      return apply(dense(`${name}_narrow`, channels), active);
    }, dropout);
  }
  const last = apply(tf.layers.layerNormalization({ name: "norm", epsilon: 1e-5 }), x);
  const mean = apply(tf.layers.globalAveragePooling1d({ name: "mean_over_patches" }), last);
  const outputs = classifier(mean, { classes: shape.classes, dropout });
  return tf.model({ inputs: input, outputs, name: "transformer" });
}

/** `x + dropout(part(normalised x))` */
function added(x: Maps, name: string, part: (x: Maps, name: string) => Maps, dropout: number): Maps {
  const normalised = apply(tf.layers.layerNormalization({ name: `${name}_norm`, epsilon: 1e-5 }), x);
  const changed = part(normalised, name);
  const kept = dropout > 0 ? apply(tf.layers.dropout({ rate: dropout, name: `${name}_dropout` }), changed) : changed;
  return apply(tf.layers.add({ name: `${name}_sum` }), [x, kept]);
}

function checkOptions(
  { channels, heads, patch }: z.output<typeof transformerOptions>,
  { frames, bands }: ModelShape,
): void {
  if (channels % heads !== 0) {
    throw new UsageError({
      expected: `model.heads to divide model.channels (${channels})`,
      found: `${heads}`,
      remedy: "choose both by powers of 2",
    });
  }
  if (patch > Math.min(frames, bands)) {
    throw new UsageError({
      expected: `model.patch of at most ${Math.min(frames, bands)}, the smaller side of the window`,
      found: `${patch}`,
    });
  }
}
