import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import type { Loss } from "../losses/mod.ts";
import { loadBackend, onBackend } from "./backend.ts";
import { exampleLosses } from "./train_step.ts";

await loadBackend("cpu");

const LOGITS = [[1, -2, 0.5], [0.2, 0.1, -1], [3, 2.5, 2.9]];
const TARGETS = [[1, 0, 0], [0, 0.7, 0.3], [1, 0, 0]];

async function expectLosses(loss: Loss, expected: number[], [logits, targets] = [LOGITS, TARGETS]): Promise<void> {
  const found = await onBackend(
    "cpu",
    () => tf.tidy(() => [...exampleLosses(loss, tf.tensor2d(logits), tf.tensor2d(targets)).dataSync()]),
  );
  found.forEach((value, i) => expect(Math.abs(value - expected[i])).toBeLessThan(1e-5));
}

function softmax(row: number[]): number[] {
  const powers = row.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / sum);
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

Deno.test("exampleLosses() is the cross-entropy against soft class probabilities", async () => {
  const expected = LOGITS.map((row, i) => {
    const p = softmax(row);
    return -sum(TARGETS[i].map((t, k) => t * Math.log(p[k])));
  });
  await expectLosses({ kind: "categorical-cross-entropy" }, expected);
});

Deno.test("exampleLosses() is the mean sigmoid cross-entropy of the outputs", async () => {
  const expected = LOGITS.map((row, i) =>
    sum(row.map((z, k) => {
      const p = 1 / (1 + Math.exp(-z));
      return -(TARGETS[i][k] * Math.log(p) + (1 - TARGETS[i][k]) * Math.log(1 - p)) / 3;
    }))
  );
  await expectLosses({ kind: "binary-cross-entropy" }, expected);
});

Deno.test("exampleLosses() is the focal loss of Lin et al. 2017, and cross-entropy for gamma 0", async () => {
  for (const gamma of [0, 2]) {
    const expected = LOGITS.map((row, i) => {
      const p = softmax(row);
      return -sum(TARGETS[i].map((t, k) => t * (1 - p[k]) ** gamma * Math.log(p[k])));
    });
    await expectLosses({ kind: "focal", gamma }, expected);
  }
});
