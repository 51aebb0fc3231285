import * as tf from "@tensorflow/tfjs";
import {
  apply,
  classifier,
  convolution,
  dense,
  dropped,
  halvingBlocks,
  inRows,
  type Maps,
  normalisedRelu,
  pooled,
  recurrent,
  spectrogramInput,
} from "./blocks.ts";
import type { ModelShape } from "./define_model.ts";
import type {
  cnn6Options,
  cnnOptions,
  crnnOptions,
  fcnOptions,
  gruOptions,
  lightCnnOptions,
  Resolved,
} from "./model_options.ts";

/**
 * Blocks of convolution, batch normalisation, ReLU and 2x2 max pooling, then global pooling: the plain network that
 * published figures on small sound sets come from. 98 k parameters with filters 16-32-64-128 and 7 classes.
 */
export function cnn({ pooling, dropout, ...blocks }: Resolved<typeof cnnOptions>, shape: ModelShape): tf.LayersModel {
  const input = spectrogramInput(shape);
  const maps = halvingBlocks(input, blocks);
  const outputs = classifier(pooled(maps, pooling), { classes: shape.classes, dropout });
  return tf.model({ inputs: input, outputs, name: "cnn" });
}

/**
 * CNN6 of Kong et al. 2020 (PANNs): four blocks of 5x5 convolutions with average pooling, the mean over the bands, then
 * mean plus maximum over time. Without their layer of 512 units before the classes, as in Moummad and Farrugia 2023 on
 * lung sounds. 4.3 M parameters with 4 classes.
 */
export function cnn6(options: Resolved<typeof cnn6Options>, shape: ModelShape): tf.LayersModel {
  const input = spectrogramInput(shape);
  const maps = halvingBlocks(input, { ...options, kernel: 5, pooling: "average" });
  const poolSize: [number, number] = [1, maps.shape[2]!];
  const overBands = apply(tf.layers.averagePooling2d({ poolSize, strides: poolSize, name: "mean_over_bands" }), maps);
  const mean = apply(tf.layers.globalAveragePooling2d({ name: "mean_over_time" }), overBands);
  const max = apply(tf.layers.globalMaxPooling2d({ name: "max_over_time" }), overBands);
  const sum = apply(tf.layers.add({ name: "mean_plus_max" }), [mean, max]);
  return tf.model({ inputs: input, outputs: classifier(sum, { classes: shape.classes, dropout: 0 }), name: "cnn6" });
}

/**
 * Convolutional blocks, then gated recurrent units over the frames that are left, both ways, and the mean over time: the
 * CRNN of Çakır et al. 2017. 442 k parameters with 128 bands and 4 classes.
 */
export function crnn(options: Resolved<typeof crnnOptions>, shape: ModelShape): tf.LayersModel {
  const { filters, dropout } = options;
  const input = spectrogramInput(shape);
  const steps = inRows(halvingBlocks(input, { filters, kernel: 3 }), "steps");
  const mean = apply(tf.layers.globalAveragePooling1d({ name: "mean_over_time" }), recurrent(steps, options));
  return tf.model({ inputs: input, outputs: classifier(mean, { classes: shape.classes, dropout }), name: "crnn" });
}

/**
 * Depthwise separable blocks after one strided convolution, as in MobileNet (Howard et al. 2017) but narrow: 66 k
 * parameters with 4 classes.
 */
export function lightCnn({ filters, dropout }: Resolved<typeof lightCnnOptions>, shape: ModelShape): tf.LayersModel {
  const input = spectrogramInput(shape);
  const first = convolution(input, { name: "stem_conv", filters: 16, kernel: 3, strides: 2 });
  const maps = filters.reduce<Maps>(
    (x, count, i) => separable(x, { name: `block${i + 1}`, filters: count }),
    normalisedRelu(first, "stem"),
  );
  const outputs = classifier(pooled(maps, "average"), { classes: shape.classes, dropout });
  return tf.model({ inputs: input, outputs, name: "light_cnn" });
}

/**
 * Gated recurrent units over the frames, both ways and on top of each other, then dense layers on each frame: the network of
 * McDonald et al. 2024 (doi:10.1371/journal.pdig.0000436) for the states of the heart. 177 k parameters with 40 bands
 * and 5 classes.
 */
export function gru(options: Resolved<typeof gruOptions>, shape: ModelShape): tf.LayersModel {
  const { units, layers, hidden, dropout } = options;
  const input = spectrogramInput(shape);
  let steps = inRows(input, "steps");
  for (let place = 1; place <= layers; place++) {
    steps = recurrent(steps, { units, place });
    if (place < layers) steps = dropped(steps, dropout, `both_ways${place}_dropout`);
  }
  for (const [i, width] of hidden.entries()) {
    const name = `dense${i + 1}`;
    steps = dropped(apply(dense(name, width, "tanh"), steps), dropout, `${name}_dropout`);
  }
  return tf.model({ inputs: input, outputs: apply(dense("logits", shape.classes), steps), name: "gru" });
}

/**
 * Convolutions along time over all bands, none of which shortens it, then a mixture of the maps of each frame (Long et al.
 * 2015). Four blocks of 15 frames see 57. 225 k parameters with 40 bands and 5 classes.
 */
export function fcn({ filters, kernel, dropout }: Resolved<typeof fcnOptions>, shape: ModelShape): tf.LayersModel {
  const input = spectrogramInput(shape);
  const along = (x: Maps, name: string, options: { filters: number; kernelSize: number; useBias: boolean }) =>
    apply(tf.layers.conv1d({ name, padding: "same", kernelInitializer: "zeros", ...options }), x);
  const steps = filters.reduce((x, count, i) => {
    const name = `block${i + 1}`;
    const maps = along(x, `${name}_conv`, { filters: count, kernelSize: kernel, useBias: false });
    return dropped(normalisedRelu(maps, name), dropout, `${name}_dropout`);
  }, inRows(input, "steps"));
  const outputs = along(steps, "logits", { filters: shape.classes, kernelSize: 1, useBias: true });
  return tf.model({ inputs: input, outputs, name: "fcn" });
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
