import * as tf from "@tensorflow/tfjs";
import { TrainingError } from "../../errors/mod.ts";
import type { Batch, SessionOptions, SessionState, StepOptions, TrainingSession } from "../engine.ts";
import { checkBatch } from "../check_batch.ts";
import { normalisingLayer } from "../normalising_layer.ts";
import { type BackendName, onBackend } from "./backend.ts";
import { findBrokenLayer } from "./find_broken_layer.ts";
import { exampleLosses } from "./loss.ts";
import { seedNoise } from "./seed_noise.ts";
import { tfjsOptimizer } from "./optimizer.ts";

/** Trains a copy of the model by tfjs's own derivation. Runs on the backend that is current. */
export function tfjsSession(source: tf.LayersModel, options: SessionOptions, backend: BackendName): TrainingSession {
  const model = copyOf(source);
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const all = model.weights.map((weight) => weight.read() as tf.Variable);
  const statistics = model.nonTrainableWeights.map((weight) => weight.read() as tf.Variable);
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

  const normalised = normalisingLayer(model);
  const inputsOf = (inputs: Float32Array, count: number) =>
    tf.tensor(inputs.subarray(0, count * size(inputShape)), [count, ...inputShape]);

  function lossOf({ inputs, targets, weights, count }: Batch): tf.Scalar {
    const logits = model.apply(inputsOf(inputs, count), { training: true }) as tf.Tensor2D;
    const t = tf.tensor2d(targets.subarray(0, count * logits.shape[1]), [count, logits.shape[1]]);
    const w = tf.tensor1d(weights.subarray(0, count));
    return tf.div(tf.sum(tf.mul(exampleLosses(options.loss, logits, t), w)), count);
  }

  async function train(batch: Batch, stepOptions: StepOptions): Promise<{ loss: number }> {
    checkBatch(batch, { inputSize: size(inputShape), outputs: model.outputs[0].shape[1]!, normalised });
    setNoise(step);
    const before = statistics.map((statistic) => tf.clone(statistic));
    const { value, grads } = tf.tidy(() => tf.variableGrads(() => lossOf(batch), weights));
    try {
      const [loss] = await value.data();
      if (!Number.isFinite(loss)) {
        const error = await noNumber(loss, batch, stepOptions);
        // Forward passes have moved the statistics.
        statistics.forEach((statistic, i) => statistic.assign(before[i]));
        throw error;
      }
      tf.tidy(() => optimizer.apply(weights.map((weight) => grads[weight.name]), step, stepOptions));
      averages.forEach((average, i) =>
        tf.tidy(() => average.assign(tf.add(tf.mul(average, options.ema!), tf.mul(weights[i], 1 - options.ema!))))
      );
      step++;
      return { loss };
    } finally {
      tf.dispose([value, ...before, ...Object.values(grads)]);
    }
  }

  async function noNumber(
    loss: number,
    { inputs, count }: Batch,
    { learningRate }: StepOptions,
  ): Promise<TrainingError> {
    const x = inputsOf(inputs, count);
    const where = await findBrokenLayer(model, x);
    x.dispose();
    return new TrainingError({
      expected: "a loss that is a number",
      found: `${loss} at step ${step} with learning rate ${learningRate}`,
      where,
      remedy: "lower the learning rate, set clipNorm, or look for values in the features that are no numbers",
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
    step: (batch, stepOptions) => onBackend(backend, () => train(batch, stepOptions)),
    predict: (inputs, count) =>
      onBackend(backend, async () => {
        const outputs = tf.tidy(() =>
          averaged(() => {
            return model.apply(inputsOf(inputs, count), { training: false }) as tf.Tensor2D;
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
