import * as tf from "@tensorflow/tfjs";
import type { ModelShape } from "./define_model.ts";

/** A value inside a network: `[count, height, width, channels]` unless said otherwise. */
export type Maps = tf.SymbolicTensor;

/** What a layer makes of its input. */
export function apply(layer: tf.layers.Layer, input: Maps | Maps[]): Maps {
  return layer.apply(input) as Maps;
}

/** The input of every network: `[frames, bands, channels]`. */
export function spectrogramInput({ frames, bands, channels }: ModelShape): Maps {
  return tf.input({ shape: [frames, bands, channels], name: "spectrogram" });
}

/** A convolution without bias (the normalisation after it takes any constant away). */
export function convolution(
  input: Maps,
  { name, filters, kernel, strides = 1 }: { name: string; filters: number; kernel: number; strides?: number },
): Maps {
  const layer = tf.layers.conv2d({
    name,
    filters,
    kernelSize: kernel,
    strides,
    padding: "same",
    useBias: false,
    kernelInitializer: "zeros", // drawn by initialiseWeights
  });
  return apply(layer, input);
}

/** Batch normalisation (Ioffe and Szegedy 2015) with the constants of PyTorch. */
function normalisation(input: Maps, name: string): Maps {
  return apply(tf.layers.batchNormalization({ name, momentum: 0.9, epsilon: 1e-5 }), input);
}

/** Batch normalisation, then ReLU. */
export function normalisedRelu(input: Maps, name: string): Maps {
  const normalised = normalisation(input, `${name}_norm`);
  return apply(tf.layers.activation({ activation: "relu", name: `${name}_relu` }), normalised);
}

/** Pooling by 2 along each axis that is long enough for it. */
function halved(input: Maps, name: string, kind: "max" | "average" = "max"): Maps {
  const [height, width] = input.shape.slice(1) as number[];
  const poolSize: [number, number] = [Math.min(2, height), Math.min(2, width)];
  const options = { name, poolSize, strides: poolSize };
  return apply(kind === "max" ? tf.layers.maxPooling2d(options) : tf.layers.averagePooling2d(options), input);
}

/** Blocks of convolution, normalisation, ReLU and pooling by 2, one an entry of `filters`. */
export function halvingBlocks(
  input: Maps,
  { filters, kernel, pooling, dropout = 0 }: {
    filters: readonly number[];
    kernel: number;
    pooling?: "max" | "average";
    dropout?: number;
  },
): Maps {
  return filters.reduce((x, count, i) => {
    const name = `block${i + 1}`;
    const maps = normalisedRelu(convolution(x, { name: `${name}_conv`, filters: count, kernel }), name);
    return dropped(halved(maps, `${name}_pool`, pooling), dropout, `${name}_dropout`);
  }, input);
}

/** Gated recurrent units (Cho et al. 2014) over `[count, steps, width]`, both ways or one. */
export function recurrent(
  steps: Maps,
  { units, bidirectional = true, place = "" }: { units: number; bidirectional?: boolean; place?: string | number },
): Maps {
  const layer = tf.layers.gru({
    name: `gru${place}`,
    units,
    returnSequences: true,
    kernelInitializer: "zeros", // drawn by initialiseWeights
    recurrentInitializer: "zeros",
  }) as tf.RNN;
  if (!bidirectional) return apply(layer, steps);
  return apply(tf.layers.bidirectional({ layer, mergeMode: "concat", name: `both_ways${place}` }), steps);
}

/** `[count, frames, bands * channels]` */
export function inRows(input: Maps, name: string): Maps {
  const [frames, bands, channels] = input.shape.slice(1) as number[];
  return apply(tf.layers.reshape({ targetShape: [frames, bands * channels], name }), input);
}

/** With a share of the values dropped in training. */
export function dropped(input: Maps, rate: number, name: string): Maps {
  return rate > 0 ? apply(tf.layers.dropout({ rate, name }), input) : input;
}

/** `[count, channels]`: the mean of each map, its maximum, or both after each other. */
export function pooled(input: Maps, kind: "average" | "max" | "both"): Maps {
  const average = () => apply(tf.layers.globalAveragePooling2d({ name: "mean" }), input);
  const max = () => apply(tf.layers.globalMaxPooling2d({ name: "max" }), input);
  if (kind !== "both") return kind === "average" ? average() : max();
  return apply(tf.layers.concatenate({ name: "mean_and_max" }), [average(), max()]);
}

/** Dropout and one dense layer to logits, `[count, classes]`. */
export function classifier(input: Maps, { classes, dropout }: { classes: number; dropout: number }): Maps {
  return apply(dense("logits", classes), dropped(input, dropout, "dropout"));
}

/** A dense layer whose weights {@linkcode initialiseWeights} draws. */
export function dense(name: string, units: number, activation?: "relu" | "sigmoid" | "tanh"): tf.layers.Layer {
  return tf.layers.dense({ name, units, activation, kernelInitializer: "zeros" });
}
