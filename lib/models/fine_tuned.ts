import * as tf from "@tensorflow/tfjs";
import { UsageError } from "../errors/mod.ts";
import { checkWidth, encoderFile, mayPassOn, randomWeights } from "../features/mod.ts";
import { apply, type Maps, spectrogramInput } from "./blocks.ts";
import { decided } from "./head.ts";
import type { ModelShape } from "./define_model.ts";
import type { fineTunedOptions, Resolved } from "./model_options.ts";
import { convertOnnx } from "./onnx/convert_onnx.ts";
import { splitFrozen, STANDARDISED } from "./split_frozen.ts";

type Options = Resolved<typeof fineTunedOptions>;

/**
 * An encoder as layers with its weights, applied to each of its windows, and a head. Layers before `from` stay as they are;
 * so do its normalisations everywhere, whose statistics a small batch would spoil.
 *
 * @throws {InputError} naming the operator that can't be trained.
 * @throws {UsageError} where the licence may forbid to pass on the weights, which a run's networks hold.
 */
export async function fineTuned(options: Options, shape: ModelShape, prefix: string): Promise<tf.LayersModel> {
  const { encoder: { file, licence, weights, window, step, dimension }, encoder } = options;
  if (!mayPassOn(licence)) throw notOpen(file, licence);
  if (shape.frames < window) {
    const found = `${shape.frames}`;
    throw new UsageError({
      ...{ expected: `frames for one window of the encoder, ${window}`, found, where: "input.seconds" },
      remedy: 'make the windows longer, and let the input be the encoder with gives: "frames"',
    });
  }
  const bytes = await encoderFile(encoder);
  const embedded = (input: Maps): Maps => {
    const network = weights === "random" ? randomWeights(bytes, { seed: 0 }) : bytes;
    const output = convertOnnx(network, { input, file, prefix });
    checkWidth(output.shape, { width: dimension, file });
    freeze(tf.model({ inputs: input, outputs: output }), options, prefix);
    return meanOfTokens(output, dimension, prefix);
  };
  const input = spectrogramInput(shape);
  const starts = Array.from({ length: 1 + Math.floor((shape.frames - window) / step) }, (_, i) => i * step);
  const rows = starts.length === 1 && shape.frames === window
    ? apply(tf.layers.reshape({ targetShape: [1, dimension], name: "embeddings" }), embedded(input))
    : await embeddedEach(cut(input, starts, window), embedded, prefix);
  const still = { center: false, scale: false, epsilon: 1e-7, trainable: false };
  const standardised = apply(tf.layers.batchNormalization({ name: STANDARDISED, ...still }), rows);
  const outputs = decided(standardised, { ...options, classes: shape.classes });
  return tf.model({ inputs: input, outputs, name: "fine_tuned" });
}

/** `[count, windows, frames, bands, channels]`. */
function cut(input: Maps, starts: readonly number[], window: number): Maps {
  const [frames, bands, channels] = input.shape.slice(1) as number[];
  const windows = starts.map((start) => {
    const cropping: [[number, number], [number, number]] = [[start, frames - start - window], [0, 0]];
    const cropped = apply(tf.layers.cropping2D({ cropping, name: `window_${start}` }), input);
    return apply(tf.layers.reshape({ targetShape: [1, window, bands, channels], name: `row_${start}` }), cropped);
  });
  return windows.length === 1 ? windows[0] : apply(tf.layers.concatenate({ axis: 1, name: "windows" }), windows);
}

/** What a network makes of each window, `[count, windows, dimension]`; what stays as it is and what learns are layers of their own. */
async function embeddedEach(windows: Maps, embedded: (input: Maps) => Maps, prefix: string): Promise<Maps> {
  const input = tf.input({ shape: windows.shape.slice(2), name: "window" });
  const whole = tf.model({ inputs: input, outputs: embedded(input), name: "encoder" });
  const { frozen = undefined, learning = whole } = await splitFrozen(whole) ?? {};
  return [frozen, learning].filter((part) => part !== undefined).reduce<Maps>(
    (x, part, i) =>
      apply(tf.layers.timeDistributed({ layer: part as tf.layers.Layer, name: `${prefix}windows_${i}` }), x),
    windows,
  );
}

function meanOfTokens(output: Maps, dimension: number, prefix: string): Maps {
  const size = output.shape.slice(1).reduce<number>((product, extent) => product * extent!, 1);
  const targetShape = [size / dimension, dimension];
  const tokens = apply(tf.layers.reshape({ targetShape, name: `${prefix}tokens` }), output);
  return size === dimension
    ? apply(tf.layers.flatten({ name: `${prefix}embedding` }), tokens)
    : apply(tf.layers.globalAveragePooling1d({ name: `${prefix}embedding` }), tokens);
}

function freeze({ layers }: tf.LayersModel, { from, encoder: { file } }: Options, prefix: string): void {
  const first = from === undefined
    ? layers.length
    : layers.findIndex(({ name }) => [from, prefix + from].includes(name));
  if (first < 0) {
    const names = layers.filter(({ weights, trainable }) => weights.length > 0 && trainable).map(({ name }) => name);
    throw new UsageError({
      expected: `a layer of the encoder ${file}: ${names.map((name) => name.slice(prefix.length)).join(", ")}`,
      found: `"${from}"`,
      where: "model.from",
    });
  }
  for (const layer of layers.slice(0, first)) layer.trainable = false;
}

function notOpen(file: string, licence: string): UsageError {
  return new UsageError({
    expected: "an encoder that may be passed on, since the networks of a run hold its weights",
    found: `the licence ${licence} of ${file}`,
    where: "model.encoder",
    remedy: "hear by it as it is: encoder({ … }) keeps its weights out of the run",
  });
}
