import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { loadTfjs } from "../models/mod.ts";
import { type Engine, type EngineName, openEngine } from "./mod.ts";
import { fasterEngine, trainingSpeed } from "./training_speed.ts";

/** A clock that moves by the steps of engines alone, and engines whose first step, which compiles, takes so much longer. */
function machine() {
  let time = 0;
  const steps: Record<string, number> = {};
  const engine = (name: EngineName, { step, compile = 0 }: { step: number; compile?: number }): Engine => ({
    name,
    description: name,
    check() {},
    infer: () => Promise.reject(new Error("a trial only trains")),
    train: () => {
      steps[name] = 0;
      return Promise.resolve({
        step: () => {
          time += steps[name]++ === 0 ? compile + step : step;
          return Promise.resolve({ loss: 1 });
        },
        dispose: () => Promise.resolve(),
      } as never);
    },
  });
  return { engine, steps, now: () => time };
}

Deno.test("fasterEngine() takes a card only where a second of training says that it is faster", async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 2 })] });
  const trial = { model, options: { loss: "categorical-cross-entropy", batchSize: 8 } } as const;
  const { engine, steps, now } = machine();
  const of = async (card: { step: number; compile?: number }, cpu: { step: number }) => {
    const [first, other] = [engine("ort", cpu), engine("ort-webgpu", card)];
    const { engine: { name }, figures } = await fasterEngine(first, other, { trial, now });
    return { name, figures };
  };
  // 8 examples in 10 ms are 800 a second; the minute in which a card compiles doesn't count.
  const fast = await of({ step: 10, compile: 60_000 }, { step: 20 });
  expect(fast.name).toBe("ort-webgpu");
  expect(fast.figures).toMatch(/800 samples\/s on ort-webgpu and 400 on ort$/);
  expect(steps).toEqual({ "ort-webgpu": 101, ort: 51 });
  expect((await of({ step: 20 }, { step: 10 })).name).toBe("ort");
  expect((await of({ step: 10 }, { step: 10 })).name).toBe("ort");
  // A step that takes longer than a second is done once, beside the first.
  const slow = await of({ step: 9000 }, { step: 4000 });
  expect(slow).toEqual({
    name: "ort",
    figures: expect.stringMatching(/0\.889 samples\/s on ort-webgpu and 2 on ort$/),
  });
  expect(steps).toEqual({ "ort-webgpu": 2, ort: 2 });
});

Deno.test("trainingSpeed() counts examples a second and cleans up after itself", async () => {
  await loadTfjs();
  const { engine } = await openEngine("ort", { threads: 1 });
  const before = tf.memory().numTensors;
  const speed = await trainingSpeed(engine);
  // A step of 32 examples is a matter of milliseconds to seconds anywhere.
  expect(speed).toBeGreaterThan(1);
  expect(speed).toBeLessThan(1e5);
  expect(tf.memory().numTensors).toBe(before);
});
