import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import type { Optimizer, StepOptions } from "../engine.ts";
import { loadBackend, onBackend } from "./backend.ts";
import { tfjsOptimizer } from "./optimizer.ts";

await loadBackend("cpu");

const START = [0.5, -1.5, 2];
const GRADIENTS = [[0.3, -0.2, 0], [-1, 0.4, 2], [0.1, 0.1, -0.5]];

function after(optimizer: Optimizer, options: StepOptions): Promise<number[]> {
  return onBackend("cpu", () =>
    tf.tidy(() => {
      const weight = tf.variable(tf.tensor1d(START));
      const stepped = tfjsOptimizer(optimizer, [weight]);
      GRADIENTS.forEach((gradient, step) => stepped.apply([tf.tensor1d(gradient)], step, options));
      return [...weight.dataSync()];
    }));
}

function afterTfjs(optimizer: tf.Optimizer): Promise<number[]> {
  return onBackend("cpu", () =>
    tf.tidy(() => {
      const weight = tf.variable(tf.tensor1d(START), true, "w");
      GRADIENTS.forEach((gradient) => optimizer.applyGradients([{ name: "w", tensor: tf.tensor1d(gradient) }]));
      const values = [...weight.dataSync()];
      weight.dispose();
      return values;
    }));
}

function expectClose(found: number[], expected: number[]): void {
  found.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(2e-6));
}

Deno.test("tfjsOptimizer() follows tf.train.momentum, with and without Nesterov", async () => {
  for (const nesterov of [false, true]) {
    const ours = await after({ kind: "sgd", momentum: 0.9, nesterov }, { learningRate: 0.1 });
    expectClose(ours, await afterTfjs(tf.train.momentum(0.1, 0.9, nesterov)));
  }
});

Deno.test("tfjsOptimizer() follows tf.train.adam", async () => {
  const ours = await after({ kind: "adam" }, { learningRate: 0.01 });
  expectClose(ours, await afterTfjs(tf.train.adam(0.01, 0.9, 0.999, 1e-8)));
});

Deno.test("tfjsOptimizer() follows algorithm 2 of Loshchilov and Hutter 2019 for adamw", async () => {
  const [rate, decay] = [0.01, 0.1];
  const expected = START.map((start, i) => {
    let [w, m, v] = [start, 0, 0];
    GRADIENTS.forEach((gradient, step) => {
      const g = gradient[i];
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      const t = step + 1;
      w = w - rate * (m / (1 - 0.9 ** t) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8) + decay * w);
    });
    return w;
  });
  expectClose(await after({ kind: "adamw" }, { learningRate: rate, weightDecay: decay }), expected);
});

Deno.test("tfjsOptimizer() adds weight decay to the gradient of sgd", async () => {
  const expected = START.map((start, i) =>
    GRADIENTS.reduce((weight, gradient) => weight - 0.1 * (gradient[i] + 0.5 * weight), start)
  );
  expectClose(await after({ kind: "sgd" }, { learningRate: 0.1, weightDecay: 0.5 }), expected);
});

Deno.test("tfjsOptimizer() scales gradients that are longer than clipNorm, and no others", async () => {
  const expected = START.map((start, i) =>
    GRADIENTS.reduce((weight, gradient) => {
      const norm = Math.hypot(...gradient);
      return weight - 0.1 * gradient[i] * Math.min(1, 0.6 / norm);
    }, start)
  );
  expectClose(await after({ kind: "sgd", clipNorm: 0.6 }, { learningRate: 0.1 }), expected);
});
