import * as tf from "@tensorflow/tfjs";
import type { Batch, SessionOptions, SessionState, StepOptions, TrainingSession } from "../engine.ts";
import { type BackendName, onBackend } from "./backend.ts";
import { exampleLosses } from "./loss.ts";
import { seedNoise } from "./seed_noise.ts";
import { tfjsOptimizer } from "./optimizer.ts";

/** Trains a copy of the model by tfjs's own derivation. Runs on the backend that is current. */
export function tfjsSession(source: tf.LayersModel, options: SessionOptions, backend: BackendName): TrainingSession {
  const model = copyOf(source);
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const all = model.weights.map((weight) => weight.read() as tf.Variable);
  const optimizer = tfjsOptimizer(options.optimizer, weights);
  const averages = options.ema === undefined
    ? []
    : weights.map((weight) => tf.tidy(() => tf.variable(tf.clone(weight), false)));
  const setNoise = seedNoise(model, options.seed);
  const inputShape = model.inputs[0].shape.slice(1) as number[];
  let step = 0;

  const kept: Record<string, tf.Variable> = Object.fromEntries([
    ...all.map((variable, i) => [`weights/${i}/${model.weights[i].originalName}`, variable]),
    ...Object.entries(optimizer.slots).flatMap(([slot, values]) => values.map((value, i) => [`${slot}/${i}`, value])),
    ...averages.map((value, i) => [`ema/${i}`, value]),
  ]);

  function lossOf({ inputs, targets, weights, count }: Batch): tf.Scalar {
    const x = tf.tensor(inputs.subarray(0, count * size(inputShape)), [count, ...inputShape]);
    const logits = model.apply(x, { training: true }) as tf.Tensor2D;
    const t = tf.tensor2d(targets, [count, targets.length / count]);
    const w = tf.tensor1d(weights.subarray(0, count));
    return tf.div(tf.sum(tf.mul(exampleLosses(options.loss, logits, t), w)), count);
  }

  function train(batch: Batch, stepOptions: StepOptions): tf.Scalar {
    setNoise(step);
    return tf.tidy(() => {
      const { value, grads } = tf.variableGrads(() => lossOf(batch), weights);
      optimizer.apply(weights.map((weight) => grads[weight.name]), step, stepOptions);
      averages.forEach((average, i) => {
        const decay = options.ema!;
        average.assign(tf.add(tf.mul(average, decay), tf.mul(weights[i], 1 - decay)));
      });
      step++;
      return value;
    });
  }

  /** Runs `use` with the averaged weights in the place of the trained ones. */
  function averaged<T>(use: () => T): T {
    if (averages.length === 0) return use();
    const trained = weights.map((weight) => tf.clone(weight));
    weights.forEach((weight, i) => weight.assign(tf.clone(averages[i])));
    try {
      return use();
    } finally {
      weights.forEach((weight, i) => weight.assign(trained[i]));
    }
  }

  return {
    step: (batch, stepOptions) =>
      onBackend(backend, async () => {
        const value = train(batch, stepOptions);
        const [loss] = await value.data();
        value.dispose();
        return { loss };
      }),
    predict: (inputs, count) =>
      onBackend(backend, async () => {
        const outputs = tf.tidy(() =>
          averaged(() => {
            const x = tf.tensor(inputs.subarray(0, count * size(inputShape)), [count, ...inputShape]);
            return model.apply(x, { training: false }) as tf.Tensor2D;
          })
        );
        const values = await outputs.data() as Float32Array;
        outputs.dispose();
        return values;
      }),
    writeTo: (target) =>
      onBackend(backend, () => tf.tidy(() => averaged(() => target.setWeights(all.map((weight) => tf.clone(weight)))))),
    state: () =>
      onBackend(backend, async () => {
        const arrays: SessionState["arrays"] = {};
        for (const [name, variable] of Object.entries(kept)) {
          // A copy: on `cpu`, data() is the tensor's own memory.
          arrays[name] = { shape: variable.shape, data: Float32Array.from(await variable.data()) };
        }
        return { arrays, step };
      }),
    restore: (state) =>
      onBackend(backend, () => {
        for (const [name, variable] of Object.entries(kept)) {
          const { shape, data } = state.arrays[name];
          tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(data), shape)));
        }
        step = state.step;
      }),
    dispose: () =>
      onBackend(backend, () => {
        for (const variable of Object.values(kept)) variable.dispose();
      }),
  };
}

/** A model of the same layers and values, so that training leaves the caller's model alone until `writeTo`. */
function copyOf(source: tf.LayersModel): tf.LayersModel {
  const config = source.getConfig() as tf.serialization.ConfigDict;
  const Model = source.constructor as { fromConfig?: (ctor: unknown, config: unknown) => tf.LayersModel };
  const copy = Model.fromConfig!(source.constructor, config);
  tf.tidy(() => copy.setWeights(source.getWeights()));
  copy.layers.forEach((layer, i) => layer.trainable = source.layers[i].trainable);
  return copy;
}

function size(shape: number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
