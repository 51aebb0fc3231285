import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { writeModel } from "../../engines/ort/onnx/write_model.ts";
import type { Attribute, OnnxInitializer, OnnxNode } from "../../engines/ort/onnx/model.ts";
import { encoderFile, speechEmbedding } from "../../features/mod.ts";
import { loadTfjs } from "../mod.ts";
import { convertOnnx } from "./convert_onnx.ts";

await loadTfjs();

type Step = [op: string, inputs: (string | Initial)[], attributes?: Record<string, Attribute>, output?: string];
type Initial = { shape: number[]; values?: number[]; integers?: boolean };

const drawn = (size: number, seed: number) => Array.from({ length: size }, (_, i) => Math.sin(7 * seed + 1.3 * i * i));
const weights = (...shape: number[]): Initial => ({ shape });
const whole = (...values: number[]): Initial => ({ shape: [values.length], values, integers: true });
const number = (value: number): Initial => ({ shape: [], values: [value] });

/** An ONNX file of steps; each takes the result of the one before where it says "_", and "a" is what a step called a gave. */
function graphOf(shape: number[], steps: Step[]) {
  const initializers: OnnxInitializer[] = [];
  let before = "x";
  const nodes = steps.map(([op, given, attributes = {}, output = `v${initializers.length}_${op}`], at): OnnxNode => {
    const inputs = given.map((one) => {
      if (one === "_") return before;
      if (typeof one === "string") return one;
      const name = `w${initializers.length}`;
      const values = one.values ?? drawn(one.shape.reduce((a, b) => a * b, 1), initializers.length);
      initializers.push(
        one.integers
          ? { name, type: "int64", shape: one.shape, data: BigInt64Array.from(values, BigInt) }
          : { name, type: "float32", shape: one.shape, data: Float32Array.from(values) },
      );
      return name;
    });
    before = at === steps.length - 1 ? "y" : output;
    return { name: `/net/${op}.${at}`, op, domain: "", inputs, outputs: [before], attributes };
  });
  const side = (name: string, shape: (number | string)[]) => ({ name, type: "float32", shape } as const);
  return writeModel({
    graph: { name: "test", nodes, initializers, inputs: [side("x", ["n", ...shape])], outputs: [side("y", ["n"])] },
  });
}

async function compare(bytes: Uint8Array<ArrayBuffer>, shape: [number, number, number]) {
  const count = 2;
  const input = tf.input({ shape });
  const model = tf.model({
    inputs: input,
    outputs: convertOnnx(bytes, { input, file: "net.onnx", prefix: "encoder/" }),
  });
  const values = Float32Array.from({ length: count * shape[0] * shape[1] }, (_, i) => 2 * Math.sin(i * i));
  const ours = (model.predict(tf.tensor(values, [count, ...shape])) as tf.Tensor).dataSync();
  const runtime = await import("onnxruntime-node");
  const session = await runtime.InferenceSession.create(bytes, { logSeverityLevel: 4 });
  const [info] = session.inputMetadata as unknown as { shape: number[] }[];
  const feeds = { [session.inputNames[0]]: new runtime.Tensor("float32", values, [count, ...info.shape.slice(1)]) };
  const theirs = (await session.run(feeds))[session.outputNames[0]].data as Float32Array;
  expect(ours.length).toBe(theirs.length);
  const largest = theirs.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  theirs.forEach((value, i) => expect(Math.abs(ours[i] - value) / largest).toBeLessThan(1e-4));
  return model;
}

const NETWORKS: Record<string, { shape: number[]; steps: Step[] }> = {
  "convolutions with borders, strides, dilations and groups": {
    shape: [1, 9, 8],
    steps: [
      ["Conv", ["_", weights(4, 1, 3, 3), weights(4)], { pads: [1, 1, 1, 1] }],
      ["Conv", ["_", weights(8, 1, 3, 3)], { pads: [2, 0, 1, 1], strides: [2, 2], group: 4 }],
      ["Conv", ["_", weights(3, 8, 3, 1)], { pads: [0, 1, 2, 0], dilations: [2, 1] }],
      ["Conv", ["_", weights(2, 3, 2, 2)], { auto_pad: "SAME_UPPER", strides: [2, 1] }],
    ],
  },
  "one dimension, and dense layers with their bias apart": {
    shape: [8, 9],
    steps: [
      ["Conv", ["_", weights(4, 8, 3), weights(4)], { pads: [1, 1], strides: [2] }],
      ["MaxPool", ["_"], { kernel_shape: [2], strides: [2] }],
      ["Transpose", ["_"], { perm: [0, 2, 1] }],
      ["MatMul", ["_", weights(4, 3)]],
      ["Add", [weights(3), "_"]],
      ["ReduceMean", ["_", whole(1)], { keepdims: 0 }],
      ["Gemm", ["_", weights(5, 3), weights(5)], { transB: 1, alpha: { float: 0.5 } }],
    ],
  },
  "poolings, normalisation and means as in PANNs": {
    shape: [1, 12, 6],
    steps: [
      ["Transpose", ["_"], { perm: [0, 3, 2, 1] }],
      ["BatchNormalization", ["_", weights(6), weights(6), weights(6), { shape: [6], values: [1, 2, 3, 1, 2, 3] }]],
      ["Transpose", ["_"], { perm: [0, 3, 2, 1] }],
      ["Conv", ["_", weights(4, 1, 3, 3)], { pads: [1, 1, 1, 1] }],
      ["Relu", ["_"]],
      ["MaxPool", ["_"], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }],
      ["AveragePool", ["_"], { kernel_shape: [2, 2], pads: [1, 0, 1, 0], count_include_pad: 1 }, "maps"],
      ["ReduceMean", ["_", whole(3)], { keepdims: 0 }, "mean"],
      ["ReduceMax", ["mean", whole(2)], { keepdims: 0 }, "a"],
      ["ReduceMean", ["mean", whole(-1)], { keepdims: 0 }],
      ["Add", ["_", "a"]],
    ],
  },
  "squeeze and excitation by swish, with a skip, as in EfficientNet": {
    shape: [1, 8, 8],
    steps: [
      ["Conv", ["_", weights(4, 1, 3, 3)], { pads: [1, 1, 1, 1] }, "skip"],
      ["Sigmoid", ["_"]],
      ["Mul", ["skip", "_"], {}, "swish"],
      ["Conv", ["_", weights(4, 1, 5, 5)], { pads: [2, 2, 2, 2], group: 4 }, "deep"],
      ["GlobalAveragePool", ["_"]],
      ["Conv", ["_", weights(2, 4, 1, 1), weights(2)]],
      ["HardSwish", ["_"]],
      ["Conv", ["_", weights(4, 2, 1, 1), weights(4)]],
      ["HardSigmoid", ["_"], { alpha: { float: 0.3 } }],
      ["Mul", ["_", "deep"]],
      ["Add", ["_", "skip"]],
      ["Concat", ["_", "swish"], { axis: 1 }],
      ["GlobalAveragePool", ["_"]],
      ["Flatten", ["_"]],
    ],
  },
  "bounds, and numbers of the file a channel": {
    shape: [2, 4, 3],
    steps: [
      ["Mul", ["_", { shape: [2, 1, 1], values: [2, -3] }]],
      ["Sub", [number(0.5), "_"], {}, "v"],
      ["Clip", ["_", number(0), number(6)]],
      ["Max", ["_", number(0.3)]],
      ["Min", ["_", number(1.4)]],
      ["Sub", ["v", "_"]],
      ["Clip", ["_", number(-2), number(0.7)]],
      ["Div", ["_", number(4)]],
      ["LeakyRelu", ["_"], { alpha: { float: 0.1 } }],
      ["Pad", ["_", whole(0, 0, 1, 0, 0, 0, 0, 2)]],
      ["Tanh", ["_"]],
      ["Unsqueeze", ["_", whole(2)]],
      ["Squeeze", ["_", whole(2)]],
      ["Reshape", ["_", whole(0, -1, 5)]],
    ],
  },
};

for (const [name, { shape, steps }] of Object.entries(NETWORKS)) {
  Deno.test(`convertOnnx() equals onnxruntime: ${name}`, async () => {
    const [height, width] = [shape.slice(0, -1).reduce((a, b) => a * b), shape.at(-1)!];
    await compare(graphOf(shape, steps), [height, width, 1]);
  });
}

Deno.test("convertOnnx() equals onnxruntime: the speech embedding, its layers named after its nodes", async () => {
  const bytes = await encoderFile(speechEmbedding().valueOf() as { file: string; sha256: string });
  const model = await compare(bytes, [76, 32, 1]);
  expect(model.layers.filter((layer) => layer.getClassName() === "Conv2D").length).toBe(20);
  expect(model.getLayer("encoder/model/conv2d_3/Conv2D").getClassName()).toBe("Conv2D");
});

Deno.test("convertOnnx() refuses what can't be trained by operator and node", () => {
  const input = tf.input({ shape: [4, 4, 1] });
  const convert = (steps: Step[]) => () =>
    convertOnnx(graphOf([4, 2, 2], steps), { input, file: "net.onnx", prefix: "" });
  expect(convert([["Erf", ["_"]]])).toThrow(/Erf.*"\/net\/Erf\.0" of net\.onnx/);
  expect(convert([["Conv", ["_", weights(4, 2, 1, 1)], { group: 2 }]])).toThrow(/Conv with 2 groups.*Conv\.0/);
  expect(convert([["Transpose", ["_"], { perm: [1, 0, 2, 3] }]])).toThrow(/examples/);
  expect(() => convertOnnx(Uint8Array.of(1, 2, 3), { input, file: "net.onnx", prefix: "" })).toThrow(/damaged/);
  const other = tf.input({ shape: [5, 4, 1] });
  expect(() => convertOnnx(graphOf([4, 2, 2], [["Relu", ["_"]]]), { input: other, file: "net.onnx", prefix: "" }))
    .toThrow(/fits the encoder's \[\?, 4, 2, 2\]/);
});
