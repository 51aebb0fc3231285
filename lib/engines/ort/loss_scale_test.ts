import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import type { SessionOptions, SessionState } from "../engine.ts";
import { openEngine } from "../mod.ts";
import { LOSS_SCALE } from "./loss_scale.ts";
import { loadRuntime } from "./ort_runtime.ts";
import { CROSS_ENTROPY, randomBatch, randomWeights } from "./testing/compare_with_tfjs.ts";
import { trainingSession } from "./training_session.ts";

const OPTIONS: SessionOptions = { loss: CROSS_ENTROPY, optimizer: { kind: "sgd" }, batchSize: 4, seed: 0 };

/** Twice smooth, so that a rounding changes a gradient by as little; all that stands in float16 and all that doesn't. */
function smooth(): tf.LayersModel {
  const { conv2d, batchNormalization, averagePooling2d, globalAveragePooling2d, dense } = tf.layers;
  const model = tf.sequential({
    layers: [
      conv2d({ inputShape: [12, 10, 2], filters: 6, kernelSize: 3, padding: "same", activation: "tanh" }),
      batchNormalization({}),
      averagePooling2d({ poolSize: 2 }),
      conv2d({ filters: 8, kernelSize: 3, activation: "tanh" }),
      globalAveragePooling2d({}),
      dense({ units: 5, activation: "tanh" }),
      dense({ units: 3 }),
    ],
  });
  randomWeights(model, 1);
  return model;
}

/** Trains on the processor, where onnxruntime rounds to float16 between nodes that it computes in float32. */
async function train(options: SessionOptions, { steps = 1, from }: { steps?: number; from?: SessionState } = {}) {
  const model = smooth();
  const session = await trainingSession({ runtime: await loadRuntime(), block: 1 }, model, options);
  if (from) await session.restore(from);
  const before = await session.state();
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const batch = randomBatch(model, { count: 4, seed: before.step + step });
    losses.push((await session.step(batch, { learningRate: 1 })).loss);
  }
  const after = await session.state();
  await session.dispose();
  const [start, end] = [before, after].map(({ arrays }) => arrays.weights.data);
  return { losses, after, moved: end.map((value, i) => value - start[i]) };
}

const norm = (values: Float32Array) => Math.hypot(...values);

Deno.test("a step in mixed precision has the gradient of float32 but for what float16 rounds", async () => {
  const [mixed, whole] = [await train({ ...OPTIONS, precision: "mixed" }), await train(OPTIONS)];
  // A float16 is off by 2^-11 of its value at most. Each of four layers with weights rounds its input, its weights, its
  // output and what is handed on, and as much on the way back; by the first order of Higham 2002, 3.1, these add up.
  const bound = 4 * 8 * 2 ** -11;
  const off = norm(mixed.moved.map((value, i) => value - whole.moved[i])) / norm(whole.moved);
  expect(off).toBeLessThan(bound);
  // That it was float16 at all: float32 rounds to 6e-8.
  expect(off).toBeGreaterThan(1e-5);
  expect(Math.abs(mixed.losses[0] / whole.losses[0] - 1)).toBeLessThan(bound);
});

Deno.test("a step in mixed precision that overflows is made again with half the scale, and none is left out", async () => {
  for (const accumulate of [1, 2]) {
    const options: SessionOptions = { ...OPTIONS, precision: "mixed", accumulate };
    const plain = await train(options);
    const { data: [first] } = plain.after.arrays[LOSS_SCALE];
    const from = structuredClone(plain.after);
    from.arrays[LOSS_SCALE].data[0] = 2 ** 127;
    const [forced, free] = [await train(options, { from }), await train(options, { from: plain.after })];
    const [scale] = forced.after.arrays[LOSS_SCALE].data;
    expect(Math.log2(scale) % 1).toBe(0);
    expect(scale).toBeLessThan(2 ** 127);
    expect(first).toBe(2 ** 15);
    expect(forced.after.step).toBe(2);
    expect(forced.losses).toEqual(free.losses);
    expect(norm(forced.moved.map((value, i) => value - free.moved[i])) / norm(free.moved)).toBeLessThan(0.01);
  }
});

Deno.test("a loss scale grows every 2000 steps, and a run that goes on has its scale", async () => {
  const options: SessionOptions = { ...OPTIONS, precision: "mixed" };
  const { after } = await train(options);
  const late = await train(options, { from: { ...after, step: 1998 }, steps: 3 });
  expect(late.after.arrays[LOSS_SCALE].data[0]).toBe(2 ** 16);
  const halfway = await train(options, { from: { ...after, step: 1998 }, steps: 2 });
  const resumed = await train(options, { from: halfway.after });
  expect(resumed.after).toEqual(late.after);
});

Deno.test("mixed precision is refused on the processor, with what can do it", async () => {
  const model = smooth();
  for (const name of ["ort", "cpu"] as const) {
    const training = { model, options: { ...OPTIONS, precision: "mixed" as const } };
    await expect(openEngine(name, { threads: 1, training })).rejects.toThrow(
      /found training.precision mixed: .*--engine ort-webgpu/,
    );
  }
});
