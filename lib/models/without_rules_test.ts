import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { withoutRules } from "./mod.ts";

Deno.test("withoutRules() lets a network be read back with its very weights, whatever was asked of them", async () => {
  const { conv2d, depthwiseConv2d, flatten, dense } = tf.layers;
  const model = tf.sequential({
    layers: [
      depthwiseConv2d({ inputShape: [4, 4, 2], kernelSize: 2, depthwiseRegularizer: "l1l2" }),
      conv2d({ filters: 2, kernelSize: 2, kernelConstraint: "unitNorm", biasConstraint: "nonNeg" }),
      flatten(),
      dense({ units: 2, kernelConstraint: tf.constraints.maxNorm({ maxValue: 0.1 }) }),
    ],
  });
  // An average of weights need not be where constraints want each of them.
  const values = model.weights.map(({ shape }) => tf.randomNormal(shape as number[]));
  model.weights.forEach((weight, i) => tf.tidy(() => (weight.read() as tf.Variable).assign(tf.clone(values[i]))));
  let artifacts: tf.io.ModelArtifacts | undefined;
  await model.save(tf.io.withSaveHandler((made) => {
    artifacts = made;
    return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(made) });
  }));
  const { weightSpecs, weightData } = artifacts!;
  const modelTopology = withoutRules(artifacts!.modelTopology) as object;
  const read = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
  read.weights.forEach((weight, i) => expect(weight.read().dataSync()).toEqual(values[i].dataSync()));
  expect(withoutRules({ a: [{ b_constraint: 1, activityRegularizer: {}, units: 2 }] }))
    .toEqual({ a: [{ b_constraint: null, activityRegularizer: null, units: 2 }] });
});
