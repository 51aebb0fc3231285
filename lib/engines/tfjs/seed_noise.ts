import * as tf from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
import { randomStream } from "../../random/mod.ts";
import { layersOf } from "../layers_of.ts";

/**
 * Takes over the noise layers of a model, whose own seeds give the same noise at each step or none that repeats.
 *
 * @returns Sets the noise of one step: the same for the same seed and step.
 * @throws {InputError} naming a layer whose noise can't be seeded.
 */
export function seedNoise(model: tf.LayersModel, seed: number): (step: number) => void {
  const seeds = new Map<tf.layers.Layer, number>();
  const layers = noiseLayers(model);
  for (const layer of layers) takeOver(layer, () => seeds.get(layer)!);
  return (step) => {
    const stream = randomStream(seed, `noise/${step}`);
    for (const layer of layers) {
      const drawn = stream.integer(2 ** 31);
      seeds.set(layer, drawn);
      (layer as unknown as { seed: number }).seed = drawn;
    }
  };
}

const SEEDED = ["Dropout", "SpatialDropout1D", "GaussianNoise", "GaussianDropout"];
const UNSEEDED = ["AlphaDropout"];

function noiseLayers(model: tf.LayersModel): tf.layers.Layer[] {
  const layers = layersOf(model).map(({ layer }) => layer);
  for (const layer of layers) {
    const config = "layers" in layer ? {} : layer.getConfig();
    if (UNSEEDED.includes(layer.getClassName()) || config.dropout || config.recurrentDropout) {
      throw new InputError({
        expected: "noise that can be seeded",
        found: `the ${layer.getClassName()} layer "${layer.name}" with noise of its own`,
        where: "the model",
        remedy: "use a Dropout layer before or after it",
      });
    }
  }
  return layers.filter((layer) => SEEDED.includes(layer.getClassName()));
}

/** Dropout layers read their seed at each call; the Gaussian layers know none, so that their call is replaced. */
function takeOver(layer: tf.layers.Layer, seed: () => number): void {
  const { stddev, rate } = layer.getConfig() as { stddev?: number; rate?: number };
  if (layer.getClassName() === "GaussianNoise") {
    replaceCall(layer, (input) => tf.add(input, tf.randomNormal(input.shape, 0, stddev!, "float32", seed())));
  } else if (layer.getClassName() === "GaussianDropout") {
    // Srivastava et al. 2014: multiplied by N(1, rate / (1 - rate)).
    const deviation = Math.sqrt(rate! / (1 - rate!));
    replaceCall(layer, (input) => tf.mul(input, tf.randomNormal(input.shape, 1, deviation, "float32", seed())));
  }
}

function replaceCall(layer: tf.layers.Layer, noised: (input: tf.Tensor) => tf.Tensor): void {
  layer.call = (inputs, kwargs) => {
    const input = Array.isArray(inputs) ? inputs[0] : inputs;
    return kwargs.training ? tf.tidy(() => noised(input)) : input;
  };
}
