import * as tf from "@tensorflow/tfjs";
import { checkBatch } from "../check_batch.ts";
import type { Batch, SessionOptions, StepOptions } from "../engine.ts";
import { noNumber } from "../no_number.ts";
import { normalisingLayer } from "../normalising_layer.ts";
import { findBrokenLayer } from "./find_broken_layer.ts";
import { constrain, penaltyOf } from "./follow_rules.ts";
import { exampleLosses } from "./loss.ts";
import { seedNoise } from "./seed_noise.ts";
import type { SessionVariables } from "./session_variables.ts";

/** One step of a training by tfjs's own derivation, given the steps done before; resolves to the loss before it. */
export type TrainStep = (batch: Batch, options: StepOptions, step: number) => Promise<number>;

export function trainStep(variables: SessionVariables, options: SessionOptions): TrainStep {
  const { source, model, all, weights, statistics, optimizer, groups, averages, rules } = variables;
  const setNoise = seedNoise(model, options.seed);
  const normalised = normalisingLayer(source);
  const inputShape = model.inputs[0].shape.slice(1) as number[];

  function lossOf({ inputs, targets, weights, count }: Batch): tf.Scalar {
    const logits = model.apply(inputsOf(model, inputs, count), { training: true }) as tf.Tensor2D;
    const t = tf.tensor2d(targets.subarray(0, count * logits.shape[1]), [count, logits.shape[1]]);
    const w = tf.tensor1d(weights.subarray(0, count));
    return tf.add(tf.div(tf.sum(tf.mul(exampleLosses(options.loss, logits, t), w)), count), penaltyOf(rules, all));
  }

  return async (batch, stepOptions, step) => {
    const inputSize = tf.util.sizeFromShape(inputShape);
    checkBatch(batch, { inputSize, outputs: model.outputs[0].shape[1]!, normalised });
    setNoise(step);
    const before = statistics.map((statistic) => tf.clone(statistic));
    const { value, grads } = tf.tidy(() => tf.variableGrads(() => lossOf(batch), weights));
    try {
      const coming = value.data();
      stepOptions.meanwhile?.();
      const [loss] = await coming;
      if (!Number.isFinite(loss)) {
        const x = inputsOf(model, batch.inputs, batch.count);
        const where = await findBrokenLayer(model, x);
        x.dispose();
        // Forward passes have moved the statistics.
        statistics.forEach((statistic, i) => statistic.assign(before[i]));
        throw noNumber({ loss, step, learningRate: stepOptions.learningRate, where });
      }
      tf.tidy(() => {
        const first = weights.map((weight, i) => groups[i] === undefined ? undefined : tf.clone(weight));
        optimizer.apply(weights.map((weight) => grads[weight.name]), step, stepOptions);
        first.forEach((before, i) => {
          const rate = stepOptions.groupRates?.[groups[i]!] ?? 1;
          if (before) weights[i].assign(tf.add(before, tf.mul(tf.sub(weights[i], before), rate)));
        });
      });
      constrain(rules, all);
      averages.forEach((average, i) =>
        tf.tidy(() => average.assign(tf.add(tf.mul(average, options.ema!), tf.mul(weights[i], 1 - options.ema!))))
      );
      return loss;
    } finally {
      tf.dispose([value, ...before, ...Object.values(grads)]);
    }
  };
}

/** The first `count` examples as a tensor. */
export function inputsOf(model: tf.LayersModel, inputs: Float32Array, count: number): tf.Tensor {
  const shape = model.inputs[0].shape.slice(1) as number[];
  return tf.tensor(inputs.subarray(0, count * tf.util.sizeFromShape(shape)), [count, ...shape]);
}
