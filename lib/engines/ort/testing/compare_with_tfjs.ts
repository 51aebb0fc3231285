import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { randomStream } from "../../../random/mod.ts";
import type { Batch, Optimizer, SessionOptions } from "../../engine.ts";
import type { Loss } from "../../losses/mod.ts";
import { exampleLosses } from "../../tfjs/train_step.ts";
import { blockSize } from "../block_size.ts";
import { compileGradient } from "../compile_step.ts";
import { drawNoise } from "../steps/draw_noise.ts";
import { importModel } from "../import_model.ts";
import { arranged } from "../program_builder.ts";
import { loadRuntime, openModel, tensorOf } from "../ort_runtime.ts";
import { pack, packedData, unpackedData } from "../pack_parameters.ts";
import { ortEngine } from "../ort_engine.ts";

/** Equal within float32 arithmetic: the largest difference against the largest value. */
export const TOLERANCE = 1e-4;

/** A batch of normal deviates with soft targets and weights that differ. */
export function randomBatch(model: tf.LayersModel, { count, seed }: { count: number; seed: number }): Batch {
  const stream = randomStream(seed, "batch");
  const shape = model.inputs[0].shape.slice(1) as number[];
  const classes = model.outputs[0].shape[1] as number;
  const normals = (length: number) => Float32Array.from({ length }, () => stream.normal());
  const targets = new Float32Array(count * classes);
  for (let i = 0; i < count; i++) {
    const share = stream.uniform(0.6, 1);
    targets[i * classes + stream.integer(classes)] += share;
    targets[i * classes + stream.integer(classes)] += 1 - share;
  }
  return {
    inputs: normals(count * shape.reduce((a, b) => a * b, 1)),
    targets,
    weights: Float32Array.from({ length: count }, () => stream.uniform(0.5, 1.5)),
    count,
  };
}

/** Gives every weight and statistic a value that is not its initial one, so that no gradient hides behind a 0. */
export function randomWeights(model: tf.LayersModel, seed: number): void {
  const stream = randomStream(seed, "weights");
  const values = model.weights.map(({ shape, originalName }) => {
    const length = (shape as number[]).reduce((a, b) => a * b, 1);
    const positive = originalName.endsWith("moving_variance") || originalName.endsWith("gamma");
    const draw = () => positive ? stream.uniform(0.5, 1.5) : stream.normal() * 0.4;
    return tf.tensor(Float32Array.from({ length }, draw), shape as number[]);
  });
  model.setWeights(values);
  values.forEach((value) => value.dispose());
}

/** Gradients by variable name from tfjs on its plain backend. */
export async function tfjsGradients(model: tf.LayersModel, loss: Loss, batch: Batch) {
  await tf.setBackend("cpu");
  const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const { value, grads } = tf.variableGrads(() => tfjsLoss(model, loss, batch), variables);
  const gradients = new Map(
    model.trainableWeights.map((
      weight,
      i,
    ) => [weight.originalName, grads[variables[i].name].dataSync() as Float32Array]),
  );
  return { loss: value.dataSync()[0], gradients };
}

/** Gradients by variable name from the compiled graph, in tfjs' order of axes. */
export async function ortGradients(model: tf.LayersModel, loss: Loss, batch: Batch) {
  const runtime = await loadRuntime();
  const program = importModel(model, batch.count);
  const compiled = compileGradient(program, { loss, block: await blockSize(runtime) });
  const session = await openModel(runtime, compiled.model, { threads: 1 });
  const trained = pack(program, "trained");
  const statistics = packedData(pack(program, "statistic"));
  const outputs = await session.run({
    inputs: tensorOf(runtime, batch.inputs, program.input.shape),
    targets: tensorOf(runtime, batch.targets, program.output.shape),
    shares: tensorOf(runtime, batch.weights, [batch.count]),
    weights: tensorOf(runtime, packedData(trained), [trained.length]),
    ...Object.fromEntries(compiled.noises.map((noise) => {
      return [noise.name, tensorOf(runtime, drawNoise(noise, { seed: 0, step: 0 }), noise.shape)];
    })),
    ...(statistics.length > 0 ? { statistics: tensorOf(runtime, statistics, [statistics.length]) } : {}),
  });
  await session.release();
  const flat = unpackedData(trained, outputs.gradient.data as Float32Array);
  const gradients = new Map(trained.parameters.map(({ name, tfShape, order }) => {
    const extents = order.map((axis) => tfShape[axis]);
    return [name, arranged(flat.get(name)!, extents, order.map((_, axis) => order.indexOf(axis)))];
  }));
  return { loss: (outputs.loss.data as Float32Array)[0], gradients };
}

/** Checks that loss and all gradients of a model are tfjs'. */
export async function expectSameGradients(model: tf.LayersModel, loss: Loss, batch: Batch): Promise<void> {
  const theirs = await tfjsGradients(model, loss, batch);
  const ours = await ortGradients(model, loss, batch);
  expect(Math.abs(ours.loss - theirs.loss)).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(theirs.loss)));
  const all = Math.max(...[...theirs.gradients.values()].map(largest));
  for (const [name, gradient] of theirs.gradients) {
    // A bias before a batch normalisation has no gradient but rounding: it counts against the largest of the others.
    const scale = Math.max(largest(gradient), all * 1e-2);
    const off = largestDifference(ours.gradients.get(name)!, gradient) / scale;
    if (!(off < TOLERANCE)) throw new Error(`the gradient of ${name} is off by ${off}`);
  }
}

/**
 * Checks loss and gradients where tfjs has no derivative or a wrong one: against central differences of tfjs' loss, which
 * float32 leaves about three digits of.
 */
export async function expectTrueGradients(model: tf.LayersModel, loss: Loss, batch: Batch): Promise<void> {
  await tf.setBackend("cpu");
  const ours = await ortGradients(model, loss, batch);
  const step = 1 / 128;
  for (const weight of model.trainableWeights) {
    const gradient = ours.gradients.get(weight.originalName)!;
    const variable = weight.read() as tf.Variable;
    const start = variable.dataSync().slice();
    const lossAt = (at: number, offset: number) => {
      const moved = Float32Array.from(start, (value, i) => i === at ? value + offset : value);
      return tf.tidy(() => {
        variable.assign(tf.tensor(moved, variable.shape));
        return tfjsLoss(model, loss, batch).dataSync()[0];
      });
    };
    // Two dozen elements of a large weight tell what all would.
    const every = Math.ceil(gradient.length / 24);
    const probed = gradient.filter((_, at) => at % every === 0);
    const numeric = probed.map((_, i) => (lossAt(i * every, step) - lossAt(i * every, -step)) / (2 * step));
    tf.tidy(() => variable.assign(tf.tensor(start, variable.shape)));
    const off = largestDifference(probed, numeric) / Math.max(largest(numeric), 0.1);
    if (!(off < 5e-3)) throw new Error(`the gradient of ${weight.name} is off by ${off}`);
  }
  const theirs = tf.tidy(() => tfjsLoss(model, loss, batch).dataSync()[0]);
  expect(Math.abs(ours.loss - theirs)).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(theirs)));
}

function tfjsLoss(model: tf.LayersModel, loss: Loss, { inputs, targets, weights, count }: Batch): tf.Scalar {
  const x = tf.tensor(inputs, [count, ...model.inputs[0].shape.slice(1) as number[]]);
  const logits = model.apply(x, { training: true }) as tf.Tensor2D;
  const each = exampleLosses(loss, logits, tf.tensor2d(targets, [count, targets.length / count]));
  return tf.div(tf.sum(tf.mul(each, tf.tensor1d(weights))), count);
}

/** Checks that the engine's weights and predictions after some steps are those of the engine `cpu` of tfjs. */
export async function expectSameTraining(
  model: tf.LayersModel,
  options: SessionOptions,
  { steps = 3, weightDecay = 0.01, learningRate = 0.01, tolerance = TOLERANCE } = {},
): Promise<void> {
  const { tfjsEngine } = await import("../../tfjs/tfjs_engine.ts");
  const engines = [await tfjsEngine("cpu"), await ortEngine({ threads: 1 })];
  const results: { losses: number[]; weights: Float32Array[]; logits: Float32Array }[] = [];
  const start = model.getWeights().map((weight) => weight.clone());
  for (const engine of engines) {
    model.setWeights(start);
    const session = await engine.train(model, options);
    const losses: number[] = [];
    for (let step = 0; step < steps; step++) {
      // The last one is smaller, as at the end of an epoch.
      const count = step === steps - 1 ? options.batchSize - 1 : options.batchSize;
      const batch = randomBatch(model, { count, seed: step });
      losses.push((await session.step(batch, { learningRate, weightDecay })).loss);
    }
    const probe = randomBatch(model, { count: 3, seed: 99 });
    const logits = await session.predict(probe.inputs, probe.count);
    await session.writeTo(model);
    await session.dispose();
    results.push({ losses, weights: model.getWeights().map((weight) => weight.dataSync() as Float32Array), logits });
  }
  const [theirs, ours] = results;
  theirs.losses.forEach((loss, i) =>
    expect(Math.abs(ours.losses[i] - loss)).toBeLessThan(tolerance * Math.max(1, loss))
  );
  theirs.weights.forEach((weight, i) => {
    const off = largestDifference(ours.weights[i], weight) / Math.max(largest(weight), 1e-2);
    if (!(off < tolerance)) throw new Error(`${model.weights[i].name} is off by ${off} after ${steps} steps`);
  });
  expect(largestDifference(ours.logits, theirs.logits)).toBeLessThan(tolerance * Math.max(largest(theirs.logits), 1));
}

/** Largest absolute value. */
export function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Largest absolute difference; NaN where there is one. */
export function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Number.isNaN(value) ? NaN : Math.max(most, Math.abs(value - b[i])), 0);
}

/** Cross-entropy, where a test is about something else. */
export const CROSS_ENTROPY: Loss = { kind: "categorical-cross-entropy" };
/** Plain descent, where a test is about something else. */
export const DESCENT: Optimizer = { kind: "sgd" };
