import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { peerCheck } from "../../testing/mod.ts";
import { exportOnnx } from "./mod.ts";
import { largestDifference, randomBatch, randomWeights } from "./testing/compare_with_tfjs.ts";

const { layers } = tf;

/** Networks that hold between them every kind of node that an export can hold. */
const NETWORKS: Record<string, () => tf.layers.Layer[]> = {
  cnn: () => [
    layers.conv2d({ inputShape: [12, 10, 1], filters: 4, kernelSize: 3, padding: "same", useBias: false }),
    layers.batchNormalization(),
    layers.activation({ activation: "relu" }),
    layers.maxPooling2d({ poolSize: 2 }),
    layers.depthwiseConv2d({ kernelSize: 3, strides: 2, padding: "same" }),
    layers.batchNormalization(),
    layers.activation({ activation: "swish" }),
    layers.dropout({ rate: 0.5 }),
    layers.averagePooling2d({ poolSize: 2, padding: "same" }),
    layers.globalAveragePooling2d({}),
    layers.dense({ units: 5 }),
    layers.batchNormalization(),
    layers.dense({ units: 3 }),
  ],
  recurrent: () => [
    layers.conv1d({ inputShape: [9, 4], filters: 3, kernelSize: 3, strides: 2 }),
    layers.gru({ units: 4, returnSequences: true }),
    layers.bidirectional({ layer: layers.lstm({ units: 2, returnSequences: true }) as tf.RNN, mergeMode: "concat" }),
    layers.globalMaxPooling1d(),
    layers.dense({ units: 3 }),
  ],
  dense: () => [
    layers.conv2d({ inputShape: [8, 8, 2], filters: 6, kernelSize: 4, strides: 4 }),
    layers.reshape({ targetShape: [4, 6] }),
    layers.layerNormalization(),
    layers.dense({ units: 4, activation: "gelu" }),
    layers.flatten(),
    layers.dense({ units: 3 }),
  ],
};

/** Names that a separator between them would cut, or that another encoding would lose. */
const CLASSES = ["murmur, systolic", 'a "loud"\n\\one', "Geräusch 雑音 🫀 \u0000\ud800"];

const SCRIPT = `
import json, sys, numpy, onnx, onnxruntime
case = json.load(sys.stdin)
model = onnx.load(case["path"])
onnx.checker.check_model(model, full_check=True)
session = onnxruntime.InferenceSession(case["path"], providers=["CPUExecutionProvider"])
x = numpy.array(case["inputs"], dtype="float32").reshape(case["shape"])
(y,) = session.run(["logits"], {"input": x})
nodes = [node.op_type for node in model.graph.node]
json.dump({"outputs": y.ravel().tolist(), "nodes": nodes, "classes": json.loads({p.key: p.value for p in model.metadata_props}["classes"])}, sys.stdout)
`;

for (const [name, network] of Object.entries(NETWORKS)) {
  peerCheck(`exportOnnx() passes onnx.checker, and Python's onnxruntime gives tfjs' outputs: ${name}`, {
    python: ["onnx", "onnxruntime", "numpy"],
  }, async ({ python }) => {
    await tf.setBackend("cpu");
    const model = tf.sequential({ layers: network() });
    randomWeights(model, 5);
    const { inputs, count } = randomBatch(model, { count: 5, seed: 5 });
    const shape = [count, ...model.inputs[0].shape.slice(1) as number[]];
    const expected = tf.tidy(() => (model.predict(tf.tensor(inputs, shape)) as tf.Tensor).dataSync());
    const path = await Deno.makeTempFile({ suffix: ".onnx" });
    await Deno.writeFile(path, exportOnnx(model, { metadata: { classes: JSON.stringify(CLASSES) } }));
    const child = new Deno.Command(python, { args: ["-c", SCRIPT], stdin: "piped", stdout: "piped" }).spawn();
    const writer = child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(JSON.stringify({ path, shape, inputs: [...inputs] })));
    await writer.close();
    const found = JSON.parse(new TextDecoder().decode((await child.output()).stdout));
    await Deno.remove(path);
    expect(found.classes).toEqual(CLASSES);
    expect(found.nodes).not.toContain("BatchNormalization");
    expect(largestDifference(Float32Array.from(found.outputs), expected as Float32Array)).toBeLessThan(1e-5);
  });
}
