import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import type { Batch, SessionOptions } from "../../engine.ts";
import { blockSize } from "../block_size.ts";
import { loadRuntime, type Runtime } from "../ort_runtime.ts";
import { CROSS_ENTROPY, largest, largestDifference, randomBatch, randomWeights } from "../testing/compare_with_tfjs.ts";
import { trainingSession } from "../training_session.ts";

const OPTIONS: SessionOptions = {
  loss: CROSS_ENTROPY,
  optimizer: { kind: "sgd", momentum: 0.9, clipNorm: 0.5 },
  batchSize: 8,
  ema: 0.9,
  seed: 0,
};

function convolutional({ normalised = false } = {}): tf.LayersModel {
  const { conv2d, batchNormalization, globalAveragePooling2d, dense } = tf.layers;
  const kernelRegularizer = tf.regularizers.l2({ l2: 0.01 });
  const model = tf.sequential({
    layers: [
      conv2d({ inputShape: [8, 6, 2], filters: 16, kernelSize: 3, activation: "relu", kernelRegularizer }),
      ...normalised ? [batchNormalization({ name: "norm", momentum: 0.6 })] : [],
      globalAveragePooling2d({}),
      dense({ units: 3 }),
    ],
  });
  randomWeights(model, 1);
  return model;
}

/** Losses, the state and predictions after three steps, of which the last is smaller. */
async function train(model: tf.LayersModel, options: SessionOptions, runtime?: Runtime) {
  runtime ??= await loadRuntime();
  const session = await trainingSession({ runtime, block: await blockSize(runtime) }, model, options);
  const losses: number[] = [];
  for (let step = 0; step < 3; step++) {
    const batch: Batch = randomBatch(model, { count: step === 2 ? 7 : 8, seed: step });
    losses.push((await session.step(batch, { learningRate: 0.05, weightDecay: 0.01 })).loss);
  }
  const { arrays } = await session.state();
  await session.dispose();
  return { losses, arrays };
}

/** The arithmetic of float32 in another order: its unit roundoff is 6e-8, and the sums here have some hundred terms. */
const REORDERED = 1e-6;

function expectSame(ours: Awaited<ReturnType<typeof train>>, theirs: typeof ours): void {
  theirs.losses.forEach((loss, i) => expect(Math.abs(ours.losses[i] - loss)).toBeLessThan(REORDERED * loss));
  for (const [name, { data }] of Object.entries(theirs.arrays)) {
    expect(largestDifference(ours.arrays[name].data, data) / largest(data)).toBeLessThan(REORDERED);
  }
}

/** onnxruntime, if it had memory for `room` examples of a step and no more. */
async function smallMachine(room: number): Promise<Runtime> {
  const runtime = await loadRuntime();
  type Session = Awaited<ReturnType<typeof runtime.InferenceSession.create>>;
  const create = async (...given: Parameters<typeof runtime.InferenceSession.create>) => {
    const session: Session = await runtime.InferenceSession.create(...given);
    const run = session.run.bind(session) as (...given: unknown[]) => ReturnType<Session["run"]>;
    return Object.assign(session, {
      run(...given: unknown[]) {
        const { inputs } = given[0] as { inputs?: { dims: number[] } };
        if (inputs === undefined || inputs.dims[0] <= room) return run(...given);
        return Promise.reject(
          new Error("WebGPU validation failed. [Invalid Buffer (unlabeled)] is invalid due to a previous error."),
        );
      },
    });
  };
  return { ...runtime, InferenceSession: { create } } as unknown as Runtime;
}

async function warningsOf<T>(act: () => Promise<T>): Promise<{ value: T; warnings: string[] }> {
  const { error } = console;
  const warnings: string[] = [];
  console.error = (line: string) => void warnings.push(line);
  try {
    return { value: await act(), warnings };
  } finally {
    console.error = error;
  }
}

Deno.test("fittingStep() makes of a batch in parts the step of the whole batch, where no layer looks at the batch", async () => {
  const whole = await train(convolutional(), OPTIONS);
  for (const accumulate of [2, 3, 8]) {
    for (const threads of [1, 2]) expectSame(await train(convolutional(), { ...OPTIONS, accumulate, threads }), whole);
  }
});

Deno.test("fittingStep() moves statistics by the mean of the parts'", async () => {
  const model = convolutional({ normalised: true });
  const one = await train(model, { ...OPTIONS, accumulate: 4 });
  // Two replicas of a batch see its halves likewise.
  const halves = await train(model, { ...OPTIONS, accumulate: 2 });
  expectSame(halves, await train(model, { ...OPTIONS, threads: 2 }));
  expect(largestDifference(one.arrays.statistics.data, halves.arrays.statistics.data)).toBeGreaterThan(1e-3);
});

Deno.test("fittingStep() halves the batch until memory holds it, says so, and makes the same step", async () => {
  const whole = await train(convolutional(), OPTIONS);
  const { value, warnings } = await warningsOf(async () =>
    await train(convolutional(), OPTIONS, await smallMachine(2))
  );
  expectSame(value, whole);
  expect(warnings.length).toBe(2);
  expect(warnings[1]).toMatch(/8 examples in 2 parts.* in 4 parts.*training.accumulate: 4/);
  const normalised = convolutional({ normalised: true });
  const { warnings: [said] } = await warningsOf(async () => await train(normalised, OPTIONS, await smallMachine(4)));
  expect(said).toContain('"norm"');
});

Deno.test("fittingStep() gives up where memory holds not even one example, or the two that a normalisation needs", async () => {
  const { warnings } = await warningsOf(async () => {
    await expect(train(convolutional(), OPTIONS, await smallMachine(0))).rejects.toThrow(
      "memory for a step of 1 example",
    );
  });
  expect(warnings.length).toBe(3);
  await warningsOf(async () => {
    const tooMuch = train(convolutional({ normalised: true }), OPTIONS, await smallMachine(1));
    await expect(tooMuch).rejects.toThrow("memory for a step of 2 examples");
  });
});
