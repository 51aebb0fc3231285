import { BinaryWriter } from "@bufbuild/protobuf/wire";
import { type Attribute, ELEMENT_TYPES, NCHWC } from "./model.ts";
import type { OnnxGraph, OnnxInitializer, OnnxModel, OnnxNode, OnnxValueInfo } from "./model.ts";

/** onnxruntime 1.14 and later, and every converter of the last years, read these. */
const IR_VERSION = 8;
const OPSETS = { "": 18, "com.microsoft": 1, [NCHWC]: 1 } as const;

// Field numbers and enumerations of onnx.proto3 (github.com/onnx/onnx).
const ATTRIBUTE = { float: 1, int: 2, string: 3, graph: 5, floats: 6, ints: 7, strings: 8 } as const;
const BYTES = 2;
const VARINT = 0;
const FIXED32 = 5;

/**
 * The bytes of an `.onnx` file.
 *
 * @example A model that adds a vector to itself
 * ```ts
 * import { expect } from "expect";
 * const x = { name: "x", type: "float32", shape: [2] } as const;
 * const add = { name: "sum", op: "Add", domain: "", inputs: ["x", "x"], outputs: ["y"], attributes: {} };
 * const bytes = writeModel({
 *   graph: { name: "double", nodes: [add], initializers: [], inputs: [x], outputs: [{ ...x, name: "y" }] },
 * });
 * expect(bytes[0]).toBe(8);
 * ```
 */
export function writeModel({ graph, metadata = {} }: OnnxModel): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter();
  writer.tag(1, VARINT).int64(IR_VERSION);
  text(writer, 2, "auscult");
  message(writer, 7, () => writeGraph(writer, graph));
  const domains = new Set(["", ...graph.nodes.map((node) => node.domain)]);
  for (const [domain, version] of Object.entries(OPSETS)) {
    if (!domains.has(domain)) continue;
    message(writer, 8, () => {
      text(writer, 1, domain);
      writer.tag(2, VARINT).int64(version);
    });
  }
  for (const [key, value] of Object.entries(metadata)) {
    message(writer, 14, () => {
      text(writer, 1, key);
      text(writer, 2, value);
    });
  }
  return writer.finish() as Uint8Array<ArrayBuffer>;
}

function writeGraph(writer: BinaryWriter, graph: OnnxGraph): void {
  for (const node of graph.nodes) message(writer, 1, () => writeNode(writer, node));
  text(writer, 2, graph.name);
  for (const initializer of graph.initializers) message(writer, 5, () => writeTensor(writer, initializer));
  for (const info of graph.inputs) message(writer, 11, () => writeValueInfo(writer, info));
  for (const info of graph.outputs) message(writer, 12, () => writeValueInfo(writer, info));
}

function writeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const input of node.inputs) text(writer, 1, input);
  for (const output of node.outputs) text(writer, 2, output);
  text(writer, 3, node.name);
  text(writer, 4, node.op);
  for (const [name, value] of Object.entries(node.attributes)) {
    message(writer, 5, () => writeAttribute(writer, name, value));
  }
  if (node.domain) text(writer, 7, node.domain);
}

function writeAttribute(writer: BinaryWriter, name: string, value: Attribute): void {
  text(writer, 1, name);
  const type = (kind: keyof typeof ATTRIBUTE) => writer.tag(20, VARINT).int32(ATTRIBUTE[kind]);
  if (typeof value === "number") {
    writer.tag(3, VARINT).int64(value);
    type("int");
  } else if (typeof value === "string") {
    text(writer, 4, value);
    type("string");
  } else if ("float" in value) {
    writer.tag(2, FIXED32).float(value.float);
    type("float");
  } else if ("floats" in value) {
    for (const item of value.floats) writer.tag(7, FIXED32).float(item);
    type("floats");
  } else if ("nodes" in value) {
    message(writer, 6, () => writeGraph(writer, value));
    type("graph");
  } else {
    const texts = typeof value[0] === "string";
    for (const item of value) {
      if (typeof item === "string") text(writer, 9, item);
      else writer.tag(8, VARINT).int64(item);
    }
    type(texts ? "strings" : "ints");
  }
}

function writeTensor(writer: BinaryWriter, { name, type, shape, data }: OnnxInitializer): void {
  for (const extent of shape) writer.tag(1, VARINT).int64(extent);
  writer.tag(2, VARINT).int32(ELEMENT_TYPES[type]);
  text(writer, 8, name);
  writer.tag(9, BYTES).bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

function writeValueInfo(writer: BinaryWriter, { name, type, shape }: OnnxValueInfo): void {
  text(writer, 1, name);
  message(writer, 2, () => {
    message(writer, 1, () => {
      writer.tag(1, VARINT).int32(ELEMENT_TYPES[type]);
      message(writer, 2, () => {
        for (const extent of shape) {
          message(writer, 1, () => {
            if (typeof extent === "number") writer.tag(1, VARINT).int64(extent);
            else text(writer, 2, extent);
          });
        }
      });
    });
  });
}

function message(writer: BinaryWriter, field: number, write: () => void): void {
  writer.tag(field, BYTES).fork();
  write();
  writer.join();
}

function text(writer: BinaryWriter, field: number, value: string): void {
  writer.tag(field, BYTES).string(value);
}
