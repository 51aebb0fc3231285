import * as tf from "@tensorflow/tfjs";
import fc from "fast-check";
import type { Loss } from "../../engine.ts";
import { expectSameGradients, randomBatch, randomWeights } from "../testing/compare_with_tfjs.ts";

const LOSSES: Loss[] = [
  { kind: "categorical-cross-entropy" },
  { kind: "categorical-cross-entropy", labelSmoothing: 0.1 },
  { kind: "binary-cross-entropy" },
  { kind: "binary-cross-entropy", labelSmoothing: 0.2 },
  { kind: "focal", gamma: 0 },
  { kind: "focal", gamma: 0.5 },
  { kind: "focal", gamma: 2 },
  { kind: "supervised-contrastive", temperature: 0.1 },
  { kind: "supervised-contrastive", temperature: 1 },
  { kind: "contrastive-cross-entropy", weight: 0.5, temperature: 0.2, labelSmoothing: 0.1 },
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
