import * as tf from "@tensorflow/tfjs";

/** Learnt positions: see {@linkcode positionEmbedding}. A class because tfjs wants one of every layer. */
export class PositionEmbedding extends tf.layers.Layer {
  static className = "PositionEmbedding";
  #positions: tf.LayerVariable | undefined;

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    // Dosovitskiy et al. 2021 draw positions with a standard deviation of 0.02.
    const initial = tf.initializers.randomNormal({ mean: 0, stddev: 0.02 });
    this.#positions = this.addWeight("positions", (inputShape as tf.Shape).slice(1), "float32", initial);
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tf.tidy(() => tf.add(x, this.#positions!.read()));
  }
}
tf.serialization.registerClass(PositionEmbedding);

/**
 * Adds a learnt vector to each step of `[count, steps, channels]`, so that attention can tell the steps apart.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import * as tf from "@tensorflow/tfjs";
 * import { positionEmbedding } from "./mod.ts";
 * const output = positionEmbedding({ name: "positions" }).apply(tf.input({ shape: [10, 8] })) as tf.SymbolicTensor;
 * expect(output.shape).toEqual([null, 10, 8]);
 * ```
 */
export function positionEmbedding(options: { name?: string } = {}): tf.layers.Layer {
  return new PositionEmbedding(options as ConstructorParameters<typeof tf.layers.Layer>[0]);
}
