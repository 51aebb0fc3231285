import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import fc from "fast-check";
import { blockSize } from "../block_size.ts";
import { importModel } from "../import_model.ts";
import { compileGradient } from "../compile_step.ts";
import { NCHWC } from "../onnx/model.ts";
import { loadRuntime } from "../ort_runtime.ts";
import {
  CROSS_ENTROPY,
  expectSameGradients,
  expectTrueGradients,
  randomBatch,
  randomWeights,
} from "../testing/compare_with_tfjs.ts";

// Channels in multiples of 16, so that operations work on blocked values where the machine has kernels for them.

const { layers } = tf;
type Draw = <T>(...items: T[]) => T;
type Chain = (draw: Draw) => tf.layers.Layer[];

const convolved = (draw: Draw, filters = 16) =>
  layers.conv2d({
    filters,
    kernelSize: [draw(1, 3), draw(1, 2, 3)],
    strides: [draw(1, 2), draw(1, 1, 2)],
    padding: draw("same", "valid"),
    useBias: draw(true, false),
  });

const CHAINS: Record<string, Chain> = {
  "convolutions of few and of many channels": (draw) => [convolved(draw), convolved(draw, 32)],
  "batch normalisation": (draw) => [convolved(draw), layers.batchNormalization()],
  "batch normalisation, ReLU and pooling": (draw) => [
    layers.conv2d({ filters: 16, kernelSize: 3, padding: "same" }),
    layers.batchNormalization(),
    layers.reLU(),
    draw<(options: { poolSize: [number, number] }) => tf.layers.Layer>(layers.maxPooling2d, layers.averagePooling2d)({
      poolSize: [2, draw(1, 2)],
    }),
    convolved(draw),
  ],
  "overlapping pooling": (draw) => [
    layers.conv2d({ filters: 16, kernelSize: 2 }),
    layers.maxPooling2d({ poolSize: [3, 2], strides: [2, 1], padding: draw("same", "valid") }),
  ],
  "depthwise convolution": (draw) => [
    layers.conv2d({ filters: 16, kernelSize: 1, useBias: false }),
    layers.depthwiseConv2d({
      kernelSize: [draw(2, 3), draw(1, 3)],
      strides: draw(1, 2),
      padding: draw("same", "valid"),
      useBias: false,
    }),
    layers.batchNormalization(),
    layers.activation({ activation: draw("relu", "swish", "tanh", "elu", "gelu") as "relu" }),
  ],
  "global pooling": (draw) => [
    convolved(draw),
    layers.batchNormalization(),
    draw<tf.layers.Layer>(layers.globalAveragePooling2d({}), layers.globalMaxPooling2d({})),
  ],
  "upsampling and rearranging": (draw) => [
    layers.conv2d({ filters: 16, kernelSize: 1 }),
    draw<tf.layers.Layer>(
      layers.zeroPadding2d({ padding: 1 }),
      layers.cropping2D({ cropping: [[1, 0], [0, 1]] }),
      layers.permute({ dims: [2, 1, 3] }),
    ),
    convolved(draw),
  ],
};

async function expectSame(chain: (x: tf.SymbolicTensor) => tf.SymbolicTensor, channels: number, seed: number) {
  const input = tf.input({ shape: [6, 4, channels] });
  const y = chain(input);
  const flat = y.shape.length === 2 ? y : layers.flatten().apply(y) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: layers.dense({ units: 3 }).apply(flat) as tf.SymbolicTensor });
  randomWeights(model, seed);
  await expectSameGradients(model, CROSS_ENTROPY, randomBatch(model, { count: 3, seed }));
  model.dispose();
}

for (const [name, make] of Object.entries(CHAINS)) {
  Deno.test(`Blocked values have the gradients of tfjs: ${name}`, async () => {
    const property = fc.asyncProperty(
      fc.gen(),
      fc.integer({ min: 0, max: 99 }),
      fc.constantFrom(1, 2, 16),
      async (gen, seed, channels) => {
        const chain = make((...items) => items[gen(fc.integer, { min: 0, max: items.length - 1 })]);
        const through = (x: tf.SymbolicTensor) => chain.reduce((y, layer) => layer.apply(y) as tf.SymbolicTensor, x);
        await expectSame(through, channels, seed);
      },
    );
    await fc.assert(property, { seed: 2, numRuns: 5, endOnFailure: true });
  });
}

Deno.test("Blocked values have the gradients of tfjs: branches that are added, weighed and joined", async () => {
  await expectSame(
    (input) => {
      const apply = (layer: tf.layers.Layer, x: tf.SymbolicTensor | tf.SymbolicTensor[]) =>
        layer.apply(x) as tf.SymbolicTensor;
      const x = apply(
        layers.batchNormalization(),
        apply(layers.conv2d({ filters: 16, kernelSize: 3, padding: "same" }), input),
      );
      const y = apply(layers.conv2d({ filters: 16, kernelSize: 3, padding: "same", activation: "relu" }), x);
      const weights = apply(
        layers.dense({ units: 16, activation: "sigmoid" }),
        apply(layers.globalAveragePooling2d({}), y),
      );
      const weighed = apply(layers.multiply(), [y, apply(layers.reshape({ targetShape: [1, 1, 16] }), weights)]);
      const sum = apply(layers.add(), [x, weighed]);
      return apply(layers.concatenate(), [apply(layers.reLU(), sum), apply(layers.maxPooling2d({ poolSize: 1 }), y)]);
    },
    2,
    7,
  );
});

Deno.test("Blocked values have the gradients of tfjs: filters over rows of whole blocks of pixels", async () => {
  const axis = fc.record({ kernel: fc.integer({ min: 1, max: 3 }), stride: fc.constantFrom(1, 2) });
  const property = fc.asyncProperty(
    fc.record({ rows: axis, columns: axis, blocks: fc.constantFrom(1, 2), channels: fc.constantFrom(1, 3, 16, 32) }),
    fc.constantFrom<"same" | "valid">("same", "valid"),
    fc.boolean(),
    async ({ rows, columns, blocks, channels }, padding, dilated) => {
      // tfjs dilates no convolution that has strides, and derives none that is dilated.
      const dilation = dilated && rows.stride === 1 && columns.stride === 1 ? 2 : 1;
      const reach = dilation * (columns.kernel - 1) + 1;
      const wide = columns.stride * (16 * blocks - 1) + (padding === "valid" ? reach : 1);
      const model = tf.sequential({
        layers: [
          // Gradients for the input of the second convolution as well.
          layers.conv2d({ inputShape: [6, wide, 2], filters: channels, kernelSize: 1, activation: "tanh" }),
          layers.conv2d({
            filters: 16 * blocks,
            kernelSize: [rows.kernel, columns.kernel],
            strides: [rows.stride, columns.stride],
            dilationRate: dilation,
            padding,
          }),
          layers.globalAveragePooling2d({}),
          layers.dense({ units: 3 }),
        ],
      });
      randomWeights(model, blocks);
      const expectGradients = dilation > 1 ? expectTrueGradients : expectSameGradients;
      await expectGradients(model, CROSS_ENTROPY, randomBatch(model, { count: 3, seed: channels }));
      model.dispose();
    },
  );
  await fc.assert(property, { seed: 3, numRuns: 12, endOnFailure: true });
});

Deno.test("Blocked values have the gradients of tfjs: pooling before scales of either sign", async () => {
  const model = tf.sequential({
    layers: [
      layers.conv2d({ inputShape: [6, 8, 1], filters: 16, kernelSize: 3, padding: "same" }),
      layers.batchNormalization({ name: "norm" }),
      layers.maxPooling2d({ poolSize: [3, 2] }),
      layers.flatten({}),
      layers.dense({ units: 3 }),
    ],
  });
  randomWeights(model, 5);
  const gammas = Float32Array.from({ length: 16 }, (_, i) => (i % 2 === 0 ? -1 : 1) * (0.5 + i / 16));
  (model.getLayer("norm").weights[0].read() as tf.Variable).assign(tf.tensor1d(gammas));
  await expectSameGradients(model, CROSS_ENTROPY, randomBatch(model, { count: 4, seed: 5 }));
  model.dispose();
});

Deno.test("Blocked kernels are used where the machine has them", async () => {
  const block = await blockSize(await loadRuntime());
  expect([1, 4, 8, 16]).toContain(block);
  const model = tf.sequential({
    layers: [
      layers.conv2d({ inputShape: [6, 4, 16], filters: 32, kernelSize: 3 }),
      layers.globalAveragePooling2d({}),
      layers.dense({ units: 2 }),
    ],
  });
  const { model: { graph } } = compileGradient(importModel(model, 4), { loss: CROSS_ENTROPY, block });
  expect(graph.nodes.some(({ op, domain }) => op === "Conv" && domain === NCHWC)).toBe(block > 1);
});
