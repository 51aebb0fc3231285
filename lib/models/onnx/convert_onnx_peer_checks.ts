import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { peerCheck } from "../../testing/mod.ts";
import { loadTfjs } from "../mod.ts";
import { convertOnnx } from "./convert_onnx.ts";

/** Two networks of random weights, what they take and what Python's onnxruntime makes of it. */
const PROGRAM = `
import sys
import numpy as np, onnx, onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper
random = np.random.default_rng(0)
class Net:
    def __init__(self): self.nodes, self.weights, self.count = [], [], 0
    def weight(self, values):
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.asarray(values), name)); return name
    def do(self, op, *inputs, **attributes):
        self.count += 1; out = f"{op}_{self.count}"
        self.nodes.append(helper.make_node(op, inputs, [out], name="/net/" + out, **attributes)); return out
    def normal(self, *shape): return self.weight((random.normal(size=shape) / np.sqrt(np.prod(shape[1:]))).astype("f"))
    def conv(self, x, shape, stride=1, group=1, bias=False):
        k = shape[-1]; more = [self.normal(shape[0])] if bias else []
        return self.do("Conv", x, self.normal(*shape), *more, pads=[k // 2] * 4, strides=[stride] * 2, group=group)
    def norm(self, x, c):
        draw = lambda low, high: self.weight(random.uniform(low, high, c).astype("f"))
        return self.do("BatchNormalization", x, draw(.5, 2), draw(-1, 1), draw(-1, 1), draw(.5, 2), epsilon=1e-3)
    def swish(self, x): return self.do("Mul", x, self.do("Sigmoid", x))
    def axes(self, *values): return self.weight(np.array(values, "int64"))
    def save(self, name, output, shape):
        info = lambda name, shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        graph = helper.make_graph(self.nodes, name, [info("x", ["n", *shape])], [info(output, ["n", "width"])], self.weights)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=8)
        onnx.checker.check_model(model); onnx.save(model, f"{folder}/{name}.onnx")
        x = random.normal(size=(2, *shape)).astype("f"); x.tofile(f"{folder}/{name}.in")
        ort.InferenceSession(f"{folder}/{name}.onnx").run(None, {"x": x})[0].tofile(f"{folder}/{name}.out")
folder = sys.argv[1]

net = Net()  # PANNs' CNN14, narrow: normalised by band, six blocks of two convolutions, mean and maximum over time
x = net.do("Transpose", "x", perm=[0, 3, 2, 1])
x = net.do("Transpose", net.norm(x, 64), perm=[0, 3, 2, 1])
before = 1
for block, c in enumerate([8, 16, 32, 32, 64, 64]):
    for size in (before, c): x = net.do("Relu", net.norm(net.conv(x, (c, size, 3, 3)), c))
    if block < 5: x = net.do("AveragePool", x, kernel_shape=[2, 2], strides=[2, 2])
    x = net.do("Dropout", x); before = c
x = net.do("ReduceMean", x, net.axes(3), keepdims=0)
x = net.do("Add", net.do("ReduceMax", x, net.axes(2), keepdims=0), net.do("ReduceMean", x, net.axes(2), keepdims=0))
x = net.do("Relu", net.do("Gemm", x, net.normal(96, 64), net.normal(96), transB=1))
net.save("cnn14", x, (1, 101, 64))

net = Net()  # EfficientNet, as in OPERA-CE: expanded, depthwise, squeezed and excited by swish, with skips
x = net.swish(net.norm(net.conv(net.do("Unsqueeze", "x", net.axes(1)), (8, 1, 3, 3), 2), 8))
for c, out, k, stride in [(8, 8, 3, 1), (8, 16, 5, 2), (16, 16, 5, 1)]:
    wide = 4 * c
    y = net.swish(net.norm(net.conv(x, (wide, c, 1, 1)), wide))
    y = net.swish(net.norm(net.conv(y, (wide, 1, k, k), stride, wide), wide))
    s = net.do("ReduceMean", y, net.axes(2, 3), keepdims=1)
    s = net.conv(net.swish(net.conv(s, (c // 4, wide, 1, 1), bias=True)), (wide, c // 4, 1, 1), bias=True)
    y = net.norm(net.conv(net.do("Mul", y, net.do("Sigmoid", s)), (out, wide, 1, 1)), out)
    x = net.do("Add", x, y) if c == out and stride == 1 else y
x = net.do("Flatten", net.do("GlobalAveragePool", net.swish(net.norm(net.conv(x, (64, 16, 1, 1)), 64))))
net.save("efficientnet", net.do("Add", net.do("MatMul", x, net.normal(64, 40)), net.normal(40)), (97, 64))`;

peerCheck("networks like PANNs' CNN14 and OPERA-CE give as layers what Python's onnxruntime gives", {
  python: ["onnx", "onnxruntime", "numpy"],
}, async ({ python }) => {
  await loadTfjs();
  const folder = await Deno.makeTempDir();
  try {
    const { success } = await new Deno.Command(python, { args: ["-c", PROGRAM, folder], stderr: "inherit" }).output();
    expect(success).toBe(true);
    for (const [name, frames] of [["cnn14", 101], ["efficientnet", 97]] as const) {
      const read = async (end: string) => new Float32Array((await Deno.readFile(`${folder}/${name}.${end}`)).buffer);
      const input = tf.input({ shape: [frames, 64, 1] });
      const file = await Deno.readFile(`${folder}/${name}.onnx`);
      const outputs = convertOnnx(file, { input, file: name, prefix: "encoder/" });
      const model = tf.model({ inputs: input, outputs });
      const ours = (model.predict(tf.tensor(await read("in"), [2, frames, 64, 1])) as tf.Tensor).dataSync();
      const theirs = await read("out");
      const largest = Math.max(...theirs.map(Math.abs));
      expect([ours.length, largest > 0.1]).toEqual([theirs.length, true]);
      expect(Math.max(...theirs.map((value, i) => Math.abs(value - ours[i]) / largest))).toBeLessThan(1e-4);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
