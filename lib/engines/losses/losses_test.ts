import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import { expectSameGradients, randomBatch, randomWeights } from "../ort/testing/compare_with_tfjs.ts";
import type { Loss } from "./mod.ts";

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
