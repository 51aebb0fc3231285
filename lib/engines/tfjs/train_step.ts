import * as tf from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
import { askPart, partPlace } from "../../parts/mod.ts";
import { checkBatch } from "../check_training.ts";
import type { Batch, SessionOptions, StepOptions } from "../engine.ts";
import { normalisingLayer } from "../layers_of.ts";
import { type Loss, losses, lossOf } from "../losses/mod.ts";
import { BROKEN_INPUTS, noNumber } from "../no_number.ts";
import { NORM_EPSILON, type WeightConstraint, type WeightRule } from "../weight_rules.ts";
import { seedNoise } from "./seed_noise.ts";
import type { SessionVariables } from "./session_variables.ts";

/** Makes steps of a training by tfjs's own derivation, each given those done before; resolves to the loss before it. */
export function trainStep(variables: SessionVariables, options: SessionOptions) {
  const { source, model, all, weights, statistics, optimizer, groups, averages, rules } = variables;
  const setNoise = seedNoise(model, options.seed);
  const normalised = normalisingLayer(source);
  const inputShape = model.inputs[0].shape.slice(1) as number[];

  function batchLoss({ inputs, targets, weights, count }: Batch): tf.Scalar {
    const logits = model.apply(inputsOf(model, inputs, count), { training: true }) as tf.Tensor2D;
    const t = tf.tensor2d(targets.subarray(0, count * logits.shape[1]), [count, logits.shape[1]]);
    const w = tf.tensor1d(weights.subarray(0, count));
    return tf.add(tf.div(tf.sum(tf.mul(exampleLosses(options.loss, logits, t), w)), count), penaltyOf(rules, all));
  }

  return async (batch: Batch, stepOptions: StepOptions, step: number): Promise<number> => {
    const inputSize = tf.util.sizeFromShape(inputShape);
    checkBatch(batch, { inputSize, outputs: model.outputs[0].shape[1]!, normalised });
    setNoise(step);
    const before = statistics.map((statistic) => tf.clone(statistic));
    const { value, grads } = tf.tidy(() => tf.variableGrads(() => batchLoss(batch), weights));
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

/**
 * The loss of each example, `[count]`, of logits and targets `[count, outputs]`.
 *
 * @throws {InputError} naming a loss that fails or gives another shape.
 */
export function exampleLosses(loss: Loss, logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor1D {
  const { name, definition, options } = lossOf(loss);
  const made = askPart(losses, { name, expected: "tensor() to give the loss of each example" }, () => {
    return definition.tensor(logits, targets, options);
  });
  const [count] = logits.shape;
  if (made?.shape?.join() === `${count}`) return made as tf.Tensor1D;
  throw new InputError({
    expected: `one loss for each of ${count} examples, [${count}]`,
    found: made?.shape ? `[${made.shape.join(", ")}]` : typeof made,
    where: partPlace(losses, name),
    remedy: "sum or average over the outputs: .sum(1)",
  });
}

/** What regularizers add to the loss. */
function penaltyOf(rules: readonly WeightRule[], weights: readonly tf.Tensor[]): tf.Scalar {
  return tf.tidy(() => {
    const parts = rules.flatMap(({ index, l1, l2 }) => {
      const w = weights[index];
      return [
        // |w| as w sign(w): the derivative that tfjs has of abs is -1 at 0, where it should be 0.
        ...l1 ? [tf.mul(l1, tf.sum(tf.mul(w, tf.sign(w))))] : [],
        ...l2 ? [tf.mul(l2, tf.sum(tf.square(w)))] : [],
      ];
    });
    return parts.reduce((sum, part) => tf.add(sum, part), tf.scalar(0)) as tf.Scalar;
  });
}

/** Brings the weights to where their constraints want them. */
function constrain(rules: readonly WeightRule[], weights: readonly tf.Variable[]): void {
  for (const { index, constraint } of rules) {
    if (constraint) tf.tidy(() => weights[index].assign(constrained(weights[index], constraint)));
  }
}

function constrained(w: tf.Tensor, constraint: WeightConstraint): tf.Tensor {
  if (constraint.kind === "non-negative") return tf.relu(w);
  const { min, max, rate, axes } = constraint;
  const norm = tf.sqrt(tf.sum(tf.square(w), axes, true));
  const wanted = tf.add(tf.mul(rate, tf.clipByValue(norm, min, max)), tf.mul(1 - rate, norm));
  return tf.mul(w, tf.div(wanted, tf.add(norm, NORM_EPSILON)));
}

/**
 * Where the values of a forward pass stopped being numbers: the inputs, a weight, the first layer whose output holds NaN or
 * infinity, or else the loss.
 */
async function findBrokenLayer(model: tf.LayersModel, inputs: tf.Tensor): Promise<string> {
  if (!await finite(inputs)) return BROKEN_INPUTS;
  for (const weight of model.trainableWeights) {
    if (!await finite(weight.read())) return `the weight ${weight.originalName}, moved by the step before`;
  }
  const layers = model.layers.filter((layer) => layer.getClassName() !== "InputLayer");
  const visible = tf.model({ inputs: model.inputs, outputs: layers.map((layer) => layer.getOutputAt(0) as never) });
  const outputs = tf.tidy(() => [visible.apply(inputs, { training: true })].flat() as tf.Tensor[]);
  try {
    for (const [i, output] of outputs.entries()) {
      if (!await finite(output)) return `the layer "${layers[i].name}" (${layers[i].getClassName()})`;
    }
    return "the loss";
  } finally {
    tf.dispose(outputs);
  }
}

async function finite(tensor: tf.Tensor): Promise<boolean> {
  return (await tensor.data<"float32">()).every(Number.isFinite);
}
