import { randomStream } from "../../random/mod.ts";
import { PartFault } from "../open_input.ts";
import { type OnnxNode, readOnnx } from "./read_onnx.ts";

/** Inputs of a unit, from the extents of the weights of a node. */
type FanIn = (dims: readonly number[]) => number;

const last: FanIn = (dims) => dims.at(-1)!;

/** Which inputs of an operator are weights, and how many values each unit sums. */
function weightsOf({ operator, attributes }: OnnxNode): { inputs: readonly number[]; fanIn: FanIn } {
  if (operator === "Conv") return { inputs: [1], fanIn: ([, ...rest]) => rest.reduce((a, b) => a * b, 1) };
  if (operator === "MatMul") return { inputs: [0, 1], fanIn: (dims) => dims.at(-2) ?? dims[0] };
  if (operator === "Gemm") return { inputs: [1], fanIn: attributes.get("transB") === 1 ? last : ([first]) => first };
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
  const { nodes, constants } = readOnnx(drawn, "weights: random");
  const fans = new Map(nodes.flatMap((node) => {
    const { inputs, fanIn } = weightsOf(node);
    return inputs.map((input) => [node.inputs[input], fanIn] as const);
  }));
  const random = randomStream(seed, "encoder/random");
  let count = 0;
  for (const [name, { shape, bytes }] of constants) {
    const fanIn = fans.get(name);
    if (bytes === undefined || fanIn === undefined) continue;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const deviation = Math.sqrt(2 / fanIn(shape));
    for (let at = 0; at < bytes.length; at += 4) view.setFloat32(at, deviation * random.normal(), true);
    count++;
  }
  if (count > 0) return drawn;
  throw new PartFault({
    expected: "an encoder with weights of 32 bits, to draw them at random",
    found: "none, as in a quantised or a 16-bit file",
    where: "weights: random",
  });
}
