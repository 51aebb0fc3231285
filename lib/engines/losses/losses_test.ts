import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import fc from "fast-check";
import { expectSameGradients, randomBatch, randomWeights } from "../ort/testing/compare_with_tfjs.ts";
import { type Loss, lossOf } from "./mod.ts";

const LOSSES: Loss[] = [
  "categorical-cross-entropy",
  "binary-cross-entropy",
  { kind: "focal", gamma: 0 },
  { kind: "focal", gamma: 0.5 },
  { kind: "focal" },
];

for (const loss of LOSSES) {
  Deno.test(`The loss ${JSON.stringify(loss)} and its gradient are tfjs', whatever count, classes and weights`, async () => {
    const sizes = fc.tuple(
      fc.integer({ min: 2, max: 7 }),
      fc.integer({ min: 2, max: 5 }),
      fc.integer({ min: 0, max: 99 }),
    );
    const property = fc.asyncProperty(sizes, async ([count, classes, seed]) => {
      const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: classes })] });
      randomWeights(model, seed);
      await expectSameGradients(model, loss, randomBatch(model, { count, seed }));
      model.dispose();
    });
    await fc.assert(property, { seed: 1, numRuns: 5, endOnFailure: true });
  });
}

Deno.test("The contrastive loss and its gradient are tfjs', whatever pairs, dimension and weights", async () => {
  const sizes = fc.tuple(
    fc.integer({ min: 2, max: 5 }),
    fc.integer({ min: 1, max: 4 }),
    fc.integer({ max: 99, min: 0 }),
  );
  const property = fc.asyncProperty(sizes, async ([pairs, dimension, seed]) => {
    const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: 2 * dimension })] });
    randomWeights(model, seed);
    await expectSameGradients(model, "contrastive", randomBatch(model, { count: 2 * pairs, seed }));
    model.dispose();
  });
  await fc.assert(property, { seed: 1, numRuns: 5, endOnFailure: true });
});

Deno.test("The contrastive loss is the cross-entropy of finding the crop of the same recording", () => {
  // Two pairs in one dimension: (asks, answers) of each crop. Recording 1 asks 1, recording 2 asks -1.
  const outputs = tf.tensor2d([[1, 9], [9, 2], [-1, 9], [9, 1]]);
  const { definition, options } = lossOf("contrastive");
  const found = Array.from(definition.tensor(outputs, outputs, options).dataSync());
  const entropy = (own: number, other: number) => Math.log(1 + Math.exp(other - own));
  const expected = [2 * entropy(2, 1), 0, 2 * entropy(-1, -2), 0];
  found.forEach((loss, i) => expect(loss).toBeCloseTo(expected[i], 5));
});
