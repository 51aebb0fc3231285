import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { compileInference } from "./compile_inference.ts";
import { foldBatchNorm } from "./fold_batch_norm.ts";
import { FREE_EXTENT } from "./graph.ts";
import { importModel } from "./import_model.ts";
import { exportOnnx } from "./mod.ts";
import { loadRuntime, openSession, tensorOf } from "./ort_runtime.ts";
import { largestDifference, randomBatch, randomWeights } from "./testing/compare_with_tfjs.ts";

const { conv2d, depthwiseConv2d, batchNormalization, reLU, globalAveragePooling2d, dense, gru, reshape } = tf.layers;

function network(): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      conv2d({ inputShape: [6, 5, 2], filters: 4, kernelSize: 3 }),
      batchNormalization(),
      reLU(),
      depthwiseConv2d({ kernelSize: 2, useBias: false }),
      batchNormalization(),
      reshape({ targetShape: [3, 8] }),
      gru({ units: 4, returnSequences: false }),
      dense({ units: 4, useBias: false }),
      batchNormalization(),
      dense({ units: 3 }),
    ],
  });
  randomWeights(model, 3);
  return model;
}

Deno.test("exportOnnx() gives tfjs' outputs for any number of examples", async () => {
  await tf.setBackend("cpu");
  const model = network();
  const runtime = await loadRuntime();
  const session = await openSession(runtime, exportOnnx(model), { threads: 1 });
  for (const count of [1, 2, 5]) {
    const { inputs } = randomBatch(model, { count, seed: count });
    const shape = [count, 6, 5, 2];
    const expected = tf.tidy(() => (model.predict(tf.tensor(inputs, shape)) as tf.Tensor).dataSync());
    const { logits } = await session.run({ input: tensorOf(runtime, inputs, shape) });
    expect(logits.dims).toEqual([count, 3]);
    // Numbers around 1, in float32.
    expect(largestDifference(logits.data as Float32Array, expected as Float32Array)).toBeLessThan(1e-5);
  }
  await session.release();
});

Deno.test("exportOnnx() keeps tfjs' order where the outputs are a row a frame, or a picture", async () => {
  await tf.setBackend("cpu");
  const runtime = await loadRuntime();
  const layers = [
    tf.layers.conv1d({ inputShape: [6, 3], filters: 4, kernelSize: 3 }),
    conv2d({ inputShape: [6, 3, 2], filters: 4, kernelSize: 2 }),
  ];
  for (const layer of layers) {
    const model = tf.sequential({ layers: [layer] });
    randomWeights(model, 3);
    const { inputs } = randomBatch(model, { count: 2, seed: 0 });
    const shape = [2, ...model.inputs[0].shape.slice(1) as number[]];
    const expected = model.predict(tf.tensor(inputs, shape)) as tf.Tensor;
    const session = await openSession(runtime, exportOnnx(model), { threads: 1 });
    const { logits } = await session.run({ input: tensorOf(runtime, inputs, shape) });
    expect(logits.dims).toEqual(expected.shape);
    expect(largestDifference(logits.data as Float32Array, expected.dataSync() as Float32Array)).toBeLessThan(1e-5);
    await session.release();
  }
});

Deno.test("foldBatchNorm() leaves no normalisation behind a convolution or dense layer", () => {
  const program = importModel(network(), FREE_EXTENT);
  const kinds = (folded: typeof program) => compileInference(folded).graph.nodes.map(({ op }) => op);
  expect(kinds(program).filter((op) => op === "BatchNormalization")).toHaveLength(3);
  expect(kinds(foldBatchNorm(program))).not.toContain("BatchNormalization");
});

Deno.test("foldBatchNorm() keeps a normalisation whose input is used elsewhere too", () => {
  const input = tf.input({ shape: [4, 4, 1] });
  const maps = conv2d({ filters: 2, kernelSize: 1 }).apply(input) as tf.SymbolicTensor;
  const normal = batchNormalization().apply(maps) as tf.SymbolicTensor;
  const sum = tf.layers.add().apply([maps, normal]) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: globalAveragePooling2d({}).apply(sum) as tf.SymbolicTensor });
  const folded = foldBatchNorm(importModel(model, FREE_EXTENT));
  expect(folded.operations.map(({ rule }) => rule.name)).toContain("batch_norm");
});
