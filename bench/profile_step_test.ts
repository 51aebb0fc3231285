import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { profileStep } from "./profile_step.ts";
import { CROSS_ENTROPY, randomBatch } from "../lib/engines/ort/testing/compare_with_tfjs.ts";

Deno.test("profileStep() shares the whole time out between kinds of nodes", async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [8, 8, 1], filters: 16, kernelSize: 3 }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 2 }),
    ],
  });
  const options = { loss: CROSS_ENTROPY, optimizer: { kind: "sgd" }, batchSize: 4, seed: 0 } as const;
  const shares = await profileStep(model, options, randomBatch(model, { count: 4, seed: 0 }));
  expect(shares.map(({ op }) => op)).toContain("Conv");
  expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
  expect(shares).toEqual(shares.toSorted((a, b) => b.share - a.share));
});
