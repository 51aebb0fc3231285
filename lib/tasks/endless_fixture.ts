import { writeModel } from "../engines/ort/onnx/write_model.ts";

/** A network that takes longer than anybody waits: the same product of large matrices, a thousand times. */
export function endlessNetwork(): Uint8Array<ArrayBuffer> {
  const size = 4096, node = { domain: "", attributes: {} };
  const ints = (name: string, ...values: number[]) => (
    { name, type: "int64", shape: [values.length], data: BigInt64Array.from(values, BigInt) } as const
  );
  const products = Array.from({ length: 1000 }, (_, i) => (
    { ...node, name: `product${i}`, op: "MatMul", inputs: [`m${i}`, `m${i}`], outputs: [`m${i + 1}`] }
  ));
  const reduce = (name: string, inputs: string[], outputs: string[]) => (
    { ...node, name, op: "ReduceMean", inputs, outputs, attributes: { keepdims: 1 } }
  );
  return writeModel({
    graph: {
      name: "endless",
      nodes: [
        reduce("one", ["input"], ["mean"]),
        { ...node, name: "flat", op: "Reshape", inputs: ["mean", "point"], outputs: ["flat"] },
        { ...node, name: "wide", op: "Expand", inputs: ["flat", "square"], outputs: ["m0"] },
        ...products,
        reduce("all", ["m1000"], ["whole"]),
        { ...node, name: "two", op: "Expand", inputs: ["whole", "pair"], outputs: ["logits"] },
      ],
      initializers: [ints("point", 1, 1), ints("square", size, size), ints("pair", 1, 2)],
      inputs: [{ name: "input", type: "float32", shape: ["count", "frames", "bands", 1] }],
      outputs: [{ name: "logits", type: "float32", shape: [1, 2] }],
    },
  });
}
