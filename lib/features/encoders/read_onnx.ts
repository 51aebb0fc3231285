import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { InputError } from "../../errors/mod.ts";

/** Numbers that stand in a file: weights, or extents and axes as whole numbers. */
export interface OnnxConstant {
  shape: number[];
  /** @throws {InputError} where they are no weights of 32 bits, or lie in another file. */
  readonly values: Float32Array | number[];
  /** Where weights of 32 bits lie in the bytes of the file. */
  bytes?: Uint8Array;
}

type Attribute = number | string | number[] | OnnxConstant;

/** A node, what it takes and gives by name. */
export interface OnnxNode {
  name: string;
  operator: string;
  inputs: string[];
  outputs: string[];
  attributes: Map<string, Attribute>;
}

/** A network of one input as its file describes it. */
export interface OnnxNetwork {
  nodes: OnnxNode[];
  constants: Map<string, OnnxConstant>;
  /** What is no constant; an extent that can be any is 0. */
  inputs: { name: string; shape: number[] }[];
  outputs: string[];
}

/** Of a tensor, by their numbers in onnx.proto3. */
const FLOAT32 = 1, INT32 = 6, INT64 = 7;
const TYPES: Record<number, string> = {
  ...{ 2: "8-bit numbers", 3: "8-bit numbers", 10: "16-bit numbers", 11: "64-bit numbers", 16: "16-bit numbers" },
};

/**
 * What an ONNX file says, with its weights.
 *
 * @throws {InputError} where it is damaged.
 */
export function readOnnx(bytes: Uint8Array, file: string): OnnxNetwork {
  let graph: Message;
  try {
    graph = message(one(message(bytes), 7));
  } catch (cause) {
    throw new InputError({ expected: "an ONNX file", found: "damaged bytes", where: file, cause });
  }
  const constants = new Map(
    all(graph, 5).map(message).map((tensor) => [text(tensor, 8), constantOf(tensor, { name: text(tensor, 8), file })]),
  );
  const nodes = all(graph, 1).map((bytes, i): OnnxNode => {
    const node = message(bytes);
    const [operator, named] = [text(node, 4), text(node, 3)];
    const attributes = all(node, 5).map(message).map((one) => [text(one, 1), attributeOf(one, file)] as const);
    return {
      name: named || `${operator}_${i}`,
      operator,
      inputs: texts(node, 1),
      outputs: texts(node, 2),
      attributes: new Map(attributes),
    };
  });
  const inputs = all(graph, 11).map(message).map((info) => ({ name: text(info, 1), shape: shapeOf(info) }));
  return {
    nodes,
    constants,
    inputs: inputs.filter(({ name }) => !constants.has(name)),
    outputs: all(graph, 12).map((info) => text(message(info), 1)),
  };
}

function constantOf(tensor: Message, { name, file }: { name: string; file: string }): OnnxConstant {
  const shape = integers(tensor, 1), [type] = integers(tensor, 2);
  const raw = tensor.get(9)?.[0] as Uint8Array | undefined;
  const bytes = type === FLOAT32 ? raw ?? all(tensor, 4)[0] : raw;
  const view = bytes && new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isHere = integers(tensor, 14).every((place) => place === 0);
  return {
    ...{ shape, bytes: type === FLOAT32 ? bytes : undefined },
    get values() {
      if (!isHere || ![FLOAT32, INT32, INT64].includes(type)) {
        const found = isHere ? TYPES[type] ?? `numbers of the type ${type}` : "weights in another file";
        const expected = "weights of 32 bits that lie in the file itself";
        throw new InputError({ expected, found, where: `${name} of ${file}`, remedy: "export it so" });
      }
      if (view === undefined) return integers(tensor, type === INT32 ? 5 : 7);
      if (type === FLOAT32) {
        return Float32Array.from({ length: view.byteLength / 4 }, (_, i) => view.getFloat32(4 * i, true));
      }
      const size = type === INT32 ? 4 : 8;
      const at = (i: number) => size === 4 ? view.getInt32(4 * i, true) : Number(view.getBigInt64(8 * i, true));
      return Array.from({ length: view.byteLength / size }, (_, i) => at(i));
    },
  };
}

/** By its type: a number, a text, a tensor, a list of numbers. */
function attributeOf(attribute: Message, file: string): Attribute {
  const [type] = integers(attribute, 20);
  if (type === 1) return floats(attribute, 2)[0];
  if (type === 2) return integers(attribute, 3)[0];
  if (type === 3) return text(attribute, 4);
  if (type === 4) return constantOf(message(one(attribute, 5)), { name: text(attribute, 1), file });
  return type === 6 ? floats(attribute, 7) : integers(attribute, 8);
}

function shapeOf(info: Message): number[] {
  const tensor = message(one(message(one(info, 2)), 1));
  return all(message(one(tensor, 2)), 1).map((extent) => integers(message(extent), 1)[0] ?? 0);
}

/** What stands in the fields of a message, by their numbers: whole numbers, or bytes. */
type Message = Map<number, (number | Uint8Array)[]>;

function message(bytes: Uint8Array): Message {
  const reader = new BinaryReader(bytes);
  const fields: Message = new Map();
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const value = wire === WireType.Varint
      ? Number(reader.int64())
      : wire === WireType.LengthDelimited
      ? reader.bytes()
      : bytes.subarray(reader.pos, (reader.skip(wire), reader.pos));
    fields.set(field, [...fields.get(field) ?? [], value]);
  }
  return fields;
}

const all = (from: Message, field: number) => (from.get(field) ?? []) as Uint8Array[];
const one = (from: Message, field: number) => all(from, field)[0] ?? new Uint8Array();
const texts = (from: Message, field: number) => all(from, field).map((bytes) => new TextDecoder().decode(bytes));
const text = (from: Message, field: number) => texts(from, field)[0] ?? "";

/** Whole numbers, one a field or all in one. */
function integers(from: Message, field: number): number[] {
  return (from.get(field) ?? []).flatMap((value) => {
    if (typeof value === "number") return value;
    const reader = new BinaryReader(value);
    const list: number[] = [];
    while (reader.pos < reader.len) list.push(Number(reader.int64()));
    return list;
  });
}

/** Numbers of 32 bits, one a field or all in one. */
function floats(from: Message, field: number): number[] {
  return all(from, field).flatMap((bytes) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
  });
}
