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

function noiseLayers(model: tf.LayersModel): tf.layers.Layer[] {
  const layers = layersOf(model).map(({ layer }) => layer);
  for (const layer of layers) {
    const config = "layers" in layer ? {} : layer.getConfig();
    if (layer.getClassName() === "AlphaDropout" || config.dropout || config.recurrentDropout) {
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

/** The Gaussian layers know no seed, so that their call is replaced; dropout layers read theirs at each call. */
const GAUSSIAN: Record<string, (x: tf.Tensor, config: Record<string, number>, seed: number) => tf.Tensor> = {
  GaussianNoise: (x, { stddev }, seed) => tf.add(x, tf.randomNormal(x.shape, 0, stddev, "float32", seed)),
  // Srivastava et al. 2014: multiplied by N(1, rate / (1 - rate)).
  GaussianDropout: (x, { rate }, seed) =>
    tf.mul(x, tf.randomNormal(x.shape, 1, Math.sqrt(rate / (1 - rate)), "float32", seed)),
};

function takeOver(layer: tf.layers.Layer, seed: () => number): void {
  const noised = GAUSSIAN[layer.getClassName()], config = layer.getConfig() as Record<string, number>;
  if (noised === undefined) return;
  layer.call = (inputs, kwargs) => {
    const [input] = [inputs].flat();
    return kwargs.training ? tf.tidy(() => noised(input, config, seed())) : input;
  };
}
