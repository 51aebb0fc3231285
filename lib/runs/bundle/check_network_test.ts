import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { expect } from "expect";
import { exportOnnx } from "../../engines/ort/mod.ts";
import { buildModel } from "../../models/mod.ts";
import { checkNetwork } from "./check_network.ts";

/** A message of fields that hold messages or texts, by their numbers; a number is a varint. */
type Fields = [number, Fields | string | number][];
function message(fields: Fields): Uint8Array {
  const writer = new BinaryWriter();
  for (const [field, value] of fields) {
    if (typeof value === "number") writer.tag(field, 0).int32(value);
    else if (typeof value === "string") writer.tag(field, 2).string(value);
    else writer.tag(field, 2).bytes(message(value));
  }
  return writer.finish();
}

// Field numbers of onnx.proto3: model.graph 7, graph.node 1, graph.initializer 5, tensor.external_data 13,
// tensor.data_location 14, node.attribute 5, attribute.t 5, attribute.g 6, model.functions 25.
const ATTACKS: Record<string, { fields: Fields; says: RegExp }> = {
  "weights in another file": {
    fields: [[7, [[5, [[13, [[1, "location"], [2, "../secret"]]]]]]]],
    says: /another file/,
  },
  "a tensor that says it lies elsewhere": { fields: [[7, [[5, [[14, 1]]]]]], says: /another file/ },
  "a constant in another file": { fields: [[7, [[1, [[5, [[5, [[14, 1]]]]]]]]]], says: /another file/ },
  "a sparse tensor in another file": { fields: [[7, [[15, [[1, [[14, 1]]]]]]]], says: /another file/ },
  "a loop": { fields: [[7, [[1, [[4, "Loop"], [5, [[6, [[2, "body"]]]]]]]]]], says: /loop/ },
  "a function": { fields: [[25, [[1, "f"]]]], says: /functions/ },
};

for (const [what, { fields, says }] of Object.entries(ATTACKS)) {
  Deno.test(`checkNetwork() refuses ${what}`, () => {
    expect(() => checkNetwork(message(fields), "model.onnx")).toThrow(says);
  });
}

Deno.test("checkNetwork() takes a tensor that says it lies where it belongs", () => {
  checkNetwork(message([[7, [[5, [[14, 0], [8, "w"]]]]]]), "model.onnx");
});

Deno.test("checkNetwork() refuses other bytes", () => {
  for (const bytes of [[0xff, 0xff], [0x3a, 0xff, 0xff, 0xff, 0x7f], [0x3a, 0x05, 0x01]]) {
    expect(() => checkNetwork(Uint8Array.from(bytes), "model.onnx")).toThrow(/damaged bytes in model\.onnx/);
  }
});

for (const kind of ["cnn", "lightCnn", "crnn"] as const) {
  Deno.test(`checkNetwork() takes a ${kind} as it is exported`, async () => {
    const model = await buildModel({ kind } as Parameters<typeof buildModel>[0], {
      frames: 64,
      bands: 32,
      channels: 1,
      classes: 2,
      seed: 0,
    });
    checkNetwork(exportOnnx(model), "model.onnx");
    model.dispose();
  });
}
