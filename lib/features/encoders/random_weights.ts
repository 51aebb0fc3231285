import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { randomStream } from "../../random/mod.ts";
import { PartFault } from "../open_input.ts";

// Fields of onnx.proto3 by their numbers.
const GRAPH = 7, INITIALIZER = 5, DIMS = 1, TYPE = 2, FLOATS = 4, RAW = 9, FLOAT32 = 1;

/**
 * An ONNX file whose weights are drawn anew as He et al. 2015 begin a network: normal, with the deviation
 * sqrt(2 / inputs of a unit), which is all but the first extent of a convolution's filters and the first of a matrix;
 * vectors (biases, normalisation) stay.
 *
 * @throws {PartFault} where it holds no 32-bit weights, as a quantised file does.
 */
export function randomWeights(model: Uint8Array, { seed }: { seed: number }): Uint8Array<ArrayBuffer> {
  const drawn = new Uint8Array(model);
  const view = new DataView(drawn.buffer);
  const [graph] = parts(drawn, { start: 0, end: drawn.length }).get(GRAPH) ?? [];
  const tensors = graph ? parts(drawn, graph).get(INITIALIZER) ?? [] : [];
  const random = randomStream(seed, "encoder/random");
  let count = 0;
  for (const tensor of tensors) {
    const fields = parts(drawn, tensor);
    const dims = (fields.get(DIMS) ?? []).flatMap((field) => varints(drawn, field));
    const [type] = (fields.get(TYPE) ?? []).flatMap((field) => varints(drawn, field));
    const [values] = fields.get(RAW) ?? fields.get(FLOATS) ?? [];
    if (type !== FLOAT32 || dims.length < 2 || values === undefined) continue;
    const [first, ...rest] = dims;
    const deviation = Math.sqrt(2 / (dims.length === 2 ? first : rest.reduce((a, b) => a * b)));
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
