import { BinaryReader } from "@bufbuild/protobuf/wire";
import { DataError } from "../../errors/mod.ts";

type Message = "model" | "graph" | "node" | "attribute" | "sparse tensor" | "tensor";

/** The fields of each message that hold others, by their numbers (onnx.proto3, github.com/onnx/onnx). */
const HELD: Record<Message, Record<number, Message>> = {
  model: { 7: "graph" },
  graph: { 1: "node", 5: "tensor", 15: "sparse tensor" },
  node: { 5: "attribute" },
  attribute: { 5: "tensor", 10: "tensor", 22: "sparse tensor", 23: "sparse tensor" },
  "sparse tensor": { 1: "tensor", 2: "tensor" },
  tensor: {},
};

/** The fields that no network of a bundle needs, and what they would do. */
const REFUSED: Partial<Record<Message, Record<number, string>>> = {
  model: { 25: "functions of its own" },
  attribute: { 6: "a graph inside a node, such as a loop that may never end", 11: "graphs inside a node" },
  tensor: { 13: "weights that lie in another file", 14: "weights that lie in another file" },
};

/**
 * Whether the bytes of an ONNX file are a plain network: one that is computed from front to back and holds all its weights.
 * onnxruntime would read a file that a network names, from anywhere on the disk, and go round a loop for as long as it says.
 *
 * @throws {DataError} saying what else is in it, or that it is damaged.
 */
export function checkNetwork(bytes: Uint8Array, where: string): void {
  try {
    look(new BinaryReader(bytes), "model", where);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    throw new DataError({ expected: "the ONNX file of a network", found: "damaged bytes", where, cause });
  }
}

function look(reader: BinaryReader, message: Message, where: string): void {
  while (reader.pos < reader.len) {
    const [field, wire] = reader.tag();
    const refused = REFUSED[message]?.[field];
    // The location of a tensor may say that it lies where it belongs.
    const inPlace = message === "tensor" && field === 14 && reader.int32() === 0;
    if (refused && !inPlace) {
      const remedy = "use the networks of a bundle that Auscult wrote";
      throw new DataError({ expected: "a network that holds all it needs", found: refused, where, remedy });
    }
    if (inPlace) continue;
    const held = HELD[message][field];
    if (held) look(new BinaryReader(reader.bytes()), held, where);
    else reader.skip(wire);
  }
}
