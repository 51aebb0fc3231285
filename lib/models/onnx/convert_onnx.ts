import * as tf from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
import type { Maps } from "../blocks.ts";
import { convolutions } from "./convolutions.ts";
import { elementwise } from "./elementwise.ts";
import { NodeContext, type NodeRule, type NodeRules, type Value } from "./node_context.ts";
import { type OnnxConstant, type OnnxNetwork, type OnnxNode, readOnnx } from "../../features/mod.ts";
import { rearranging } from "./rearranging.ts";

const RULES: NodeRules = { ...convolutions, ...elementwise, ...rearranging };

export interface ConvertOnnxOptions {
  /** `[frames, bands, 1]`, of as many numbers as the network takes. */
  input: Maps;
  /** What the file is called in errors. */
  file: string;
  /** Stands before the names of its layers, which are those of its nodes. */
  prefix: string;
}

/**
 * The first output of an ONNX network as layers of tfjs with its weights, `[count, …]` in the order of ONNX, so that it can
 * be trained. Normalisations keep their statistics, their scale and their shift.
 *
 * @throws {InputError} naming the operator and the node that can't be converted.
 */
export function convertOnnx(bytes: Uint8Array, { input, file, prefix }: ConvertOnnxOptions): Maps {
  const network = readOnnx(bytes, file);
  const constants = new Map(network.constants);
  const values = new Map([[network.inputs[0].name, inputOf(network, { input, file, prefix })]]);
  const name = namer(prefix);
  const nodes = neededNodes(network);
  const merged = new Set<OnnxNode>();
  for (const node of nodes) {
    if (merged.has(node)) continue;
    const constant = node.attributes.get("value");
    if (node.operator === "Constant" && typeof constant === "object") {
      constants.set(node.outputs[0], constant as OnnxConstant);
      continue;
    }
    const follower = node.operator === "MatMul" ? biasBehind(node, { nodes, constants, network }) : undefined;
    const context = new NodeContext(node, { values, constants, name, follower, file });
    const rule = RULES[node.operator] ?? (() => context.refuse());
    values.set((follower ?? node).outputs[0], ruled(rule, context));
    if (follower) merged.add(follower);
  }
  const context = new NodeContext({ ...nodes.at(-1)!, name: "output" }, { values, constants, name, file });
  return context.plain(values.get(network.outputs[0])!);
}

/** What tfjs itself refuses is told by the node as well. */
function ruled(rule: NodeRule, context: NodeContext): Value {
  try {
    return rule(context);
  } catch (error) {
    if (error instanceof InputError) throw error;
    return context.refuse(`what tfjs can't do: ${(error as Error).message}`);
  }
}

function inputOf(network: OnnxNetwork, { input, file, prefix }: ConvertOnnxOptions): Value {
  const [{ shape: [, ...sides] }] = network.inputs;
  const size = input.shape.slice(1).reduce<number>((product, extent) => product * extent!, 1);
  const fixed = sides.reduce((product, side) => product * Math.max(1, side), 1);
  const free = sides.filter((side) => side === 0).length;
  if (size % fixed !== 0 || free > 1 || free === 0 && size !== fixed) {
    throw new InputError({
      expected: `an input that fits the encoder's [${network.inputs[0].shape.map((side) => side || "?").join(", ")}]`,
      found: `[${input.shape.slice(1).join(", ")}]`,
      where: file,
      remedy: "let window and input say what it takes",
    });
  }
  const shape = sides.map((side) => side || size / fixed);
  const x = tf.layers.reshape({ targetShape: shape, name: `${prefix}input` }).apply(input) as Maps;
  return { x, shape, order: [...shape.keys()] };
}

/** The nodes that the first output needs. */
function neededNodes({ nodes, outputs: [output] }: OnnxNetwork): OnnxNode[] {
  const needed = new Set([output]);
  for (const { inputs, outputs } of nodes.toReversed()) {
    if (outputs.some((name) => needed.has(name))) { for (const name of inputs) needed.add(name); }
  }
  return nodes.filter(({ outputs }) => outputs.some((name) => needed.has(name)));
}

/** The Add of a bias that alone takes the result of a MatMul. */
function biasBehind(
  node: OnnxNode,
  { nodes, constants, network }: {
    nodes: readonly OnnxNode[];
    constants: ReadonlyMap<string, OnnxConstant>;
    network: OnnxNetwork;
  },
): OnnxNode | undefined {
  const [made] = node.outputs;
  const takers = nodes.filter(({ inputs }) => inputs.includes(made));
  const units = constants.get(node.inputs[1])?.shape.at(-1);
  const isBias = takers.length === 1 && takers[0].operator === "Add" && !network.outputs.includes(made) &&
    takers[0].inputs.some((name) => constants.get(name)?.values.length === units);
  return isBias ? takers[0] : undefined;
}

/** Names of nodes as tfjs allows them, each once. */
function namer(prefix: string): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    const allowed = prefix + wanted.replace(/^[^A-Za-z0-9]+/, "").replaceAll(/[^-\w./]/g, "_");
    let name = allowed;
    for (let again = 1; taken.has(name); again++) name = `${allowed}_${again}`;
    taken.add(name);
    return name;
  };
}
