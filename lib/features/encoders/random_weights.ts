import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { randomStream } from "../../random/mod.ts";
import { PartFault } from "../open_input.ts";

// Fields of onnx.proto3 by their numbers, message by message.
const GRAPH = 7;
const NODE = 1, INITIALIZER = 5;
const INPUT = 1, OPERATOR = 4, ATTRIBUTE = 5;
const ATTRIBUTE_NAME = 1, ATTRIBUTE_INT = 3;
const DIMS = 1, TYPE = 2, FLOATS = 4, NAME = 8, RAW = 9, FLOAT32 = 1;

/** Inputs of a unit, from the extents of the weights of a node. */
type FanIn = (dims: readonly number[]) => number;

const last: FanIn = (dims) => dims.at(-1)!;

/** Which inputs of an operator are weights, and how many values each unit sums. */
function weightsOf(operator: string, transposed: boolean): { inputs: readonly number[]; fanIn: FanIn } {
  if (operator === "Conv") return { inputs: [1], fanIn: ([, ...rest]) => rest.reduce((a, b) => a * b, 1) };
  if (operator === "MatMul") return { inputs: [0, 1], fanIn: (dims) => dims.at(-2) ?? dims[0] };
  if (operator === "Gemm") return { inputs: [1], fanIn: transposed ? last : ([first]) => first };
  if (["LSTM", "GRU", "RNN"].includes(operator)) return { inputs: [1, 2], fanIn: last };
  return { inputs: [], fanIn: last };
}

/**
 * An ONNX file whose weights of convolutions, dense and recurrent layers are drawn anew as He et al. 2015 begin a network:
 * normal, with the deviation sqrt(2 / inputs of a unit). Biases, normalisation and constants stay.
 *
 * @throws {PartFault} where it holds no 32-bit weights, as a quantised file does.
 */
export function randomWeights(model: Uint8Array, { seed }: { seed: number }): Uint8Array<ArrayBuffer> {
  const drawn = new Uint8Array(model);
  const view = new DataView(drawn.buffer);
  const [graph] = parts(drawn, { start: 0, end: drawn.length }).get(GRAPH) ?? [];
  const fields = graph ? parts(drawn, graph) : new Map<number, Field[]>();
  const fans = fansOf(drawn, fields.get(NODE) ?? []);
  const random = randomStream(seed, "encoder/random");
  let count = 0;
  for (const tensor of fields.get(INITIALIZER) ?? []) {
    const fields = parts(drawn, tensor);
    const fanIn = fans.get(text(drawn, fields.get(NAME)?.[0]));
    const dims = (fields.get(DIMS) ?? []).flatMap((field) => varints(drawn, field));
    const [type] = (fields.get(TYPE) ?? []).flatMap((field) => varints(drawn, field));
    const [values] = fields.get(RAW) ?? fields.get(FLOATS) ?? [];
    if (type !== FLOAT32 || fanIn === undefined || values === undefined) continue;
    const deviation = Math.sqrt(2 / fanIn(dims));
    for (let at = values.start; at < values.end; at += 4) view.setFloat32(at, deviation * random.normal(), true);
    count++;
  }
  if (count > 0) return drawn;
  throw new PartFault({
    expected: "an encoder with weights of 32 bits, to draw them at random",
    found: "none, as in a quantised or a 16-bit file",
    where: "weights: random",
  });
}

/** Of each weight, by its name: how many inputs a unit has. */
function fansOf(bytes: Uint8Array, nodes: readonly Field[]): Map<string, FanIn> {
  const fans = new Map<string, FanIn>();
  for (const node of nodes) {
    const fields = parts(bytes, node);
    const transposed = (fields.get(ATTRIBUTE) ?? []).some((field) => {
      const attribute = parts(bytes, field);
      return text(bytes, attribute.get(ATTRIBUTE_NAME)?.[0]) === "transB" &&
        (attribute.get(ATTRIBUTE_INT) ?? []).some((value) => varints(bytes, value)[0] === 1);
    });
    const { inputs, fanIn } = weightsOf(text(bytes, fields.get(OPERATOR)?.[0]), transposed);
    const names = (fields.get(INPUT) ?? []).map((field) => text(bytes, field));
    for (const input of inputs) if (names[input]) fans.set(names[input], fanIn);
  }
  return fans;
}

function text(bytes: Uint8Array, field: Field | undefined): string {
  return field ? new TextDecoder().decode(bytes.subarray(field.start, field.end)) : "";
}

/** Bytes of a field, from `start` to before `end`. */
interface Field {
  start: number;
  end: number;
}

/** Where the fields of a message lie, by their numbers. */
function parts(bytes: Uint8Array, { start, end }: Field): Map<number, Field[]> {
  const reader = new BinaryReader(bytes.subarray(start, end));
  const fields = new Map<number, Field[]>();
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const before = start +
      (wire === WireType.LengthDelimited ? reader.pos + lengthOfVarint(bytes, start + reader.pos) : reader.pos);
    reader.skip(wire, number);
    fields.set(number, [...fields.get(number) ?? [], { start: before, end: start + reader.pos }]);
  }
  return fields;
}

function lengthOfVarint(bytes: Uint8Array, at: number): number {
  let length = 1;
  while (bytes[at + length - 1] & 0x80) length++;
  return length;
}

/** The whole numbers of a field, packed or alone. */
function varints(bytes: Uint8Array, { start, end }: Field): number[] {
  const reader = new BinaryReader(bytes.subarray(start, end));
  const numbers: number[] = [];
  while (reader.pos < reader.len) numbers.push(Number(reader.int64()));
  return numbers;
}
