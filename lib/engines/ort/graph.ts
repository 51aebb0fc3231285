import type { Attribute, ElementType, OnnxGraph, OnnxInitializer, OnnxNode, OnnxValueInfo } from "./onnx/model.ts";
import { casts, FLOAT_NUMBERS, type FloatType, isFloat } from "./onnx/precision.ts";
import { CPU, type Target } from "./onnx/target.ts";
import { withOutputNames } from "./onnx/with_output_names.ts";

/** Extents, slowest first. */
export type Shape = readonly number[];

/** A value inside a {@linkcode Graph}: its name in the file and what is known of it. */
export interface Tensor {
  readonly name: string;
  readonly shape: Shape;
  readonly type: ElementType;
  /**
   * Whether `[n, c, h, w]` lies in memory as `[n, c / block, h, w, block]`, the order in which onnxruntime's fastest
   * convolutions work (Georganas et al. 2018).
   */
  readonly blocked?: boolean;
  /** A factor for each channel `[c]` by which the value is still to be multiplied. */
  readonly scale?: Tensor;
}

/**
 * What a free dimension counts as while a graph is traced: not 1, which would let a transpose that moves it pass for a
 * reshape.
 */
export const FREE_EXTENT = 2;

/** What a node may have beside its inputs. */
export interface NodeOptions {
  attributes?: Record<string, Attribute>;
  domain?: string;
  /** Element type of the outputs; a float is that of the scope. @default {"float32"} */
  type?: ElementType;
  /** Takes the inputs as they lie in memory; they are put in plain order otherwise. @default {false} */
  raw?: boolean;
  /** Whether the outputs are blocked. @default {false} */
  blocked?: boolean;
}

/** The domain of onnxruntime's nodes on blocked values. */
export const NCHWC = "com.microsoft.nchwc";

/** An ONNX graph that grows node by node. */
export interface Graph {
  /** A value that is given with each run; a text in `shape` is a free dimension. */
  input(name: string, shape: readonly (number | string)[], type?: ElementType): Tensor;
  /** Declares `tensor` an output of the graph under `name`. */
  output(name: string, tensor: Tensor, shape?: readonly (number | string)[]): void;
  /** Adds a node of one output of the given shape. `undefined` leaves an optional input out. */
  node(op: string, inputs: readonly (Tensor | undefined)[], shape: Shape, options?: NodeOptions): Tensor;
  /** Adds a node of several outputs. */
  nodes(op: string, inputs: readonly (Tensor | undefined)[], shapes: readonly Shape[], options?: NodeOptions): Tensor[];
  /** A number that is part of the file; equal ones are stored once. */
  scalar(value: number): Tensor;
  /** A list of integers that is part of the file, as axes and shapes are given; equal ones are stored once. */
  integers(values: readonly number[]): Tensor;
  /** An array that is part of the file. */
  constant(data: Float32Array, shape: Shape, name?: string): Tensor;
  /** Channels that lie together in a blocked value; 1 where this machine has no blocked kernels. */
  readonly block: number;
  /** What executes the nodes. */
  readonly target: Target;
  /** The value in plain order. */
  plain(tensor: Tensor): Tensor;
  /** The value in blocks; its channels must be a multiple of {@linkcode block}. */
  blocked(tensor: Tensor): Tensor;
  /** Names what follows, so that profiles and errors can say where a node comes from; float32 where `half` isn't set. */
  scope(name: string, options?: { half?: boolean }): void;
  /** What `make` adds is computed in float32, whatever the scope. */
  exactly<Made>(make: () => Made): Made;
  /** The value as it is kept between layers: in float16 where the graph has that. */
  narrowed(tensor: Tensor): Tensor;
  /** The value in float32. */
  widened(tensor: Tensor): Tensor;
  /** The graph as it stands. */
  finish(name: string): OnnxGraph;
}

/** An empty graph, or the empty body of a node of `outer`, which then holds the constants of both. */
export function createGraph(
  { outer, block = outer?.block ?? 1, target = outer?.target ?? CPU, mixed = false }: {
    outer?: Graph;
    block?: number;
    target?: Target;
    /** Whether scopes may be computed in float16, in plain order alone. @default {false} */
    mixed?: boolean;
  } = {},
): Graph {
  const nodes: OnnxNode[] = [];
  const initializers = new Map<string, OnnxInitializer>();
  const inputs: OnnxValueInfo[] = [];
  const outputs: (OnnxValueInfo & { source: string })[] = [];
  const reordered = new Map<string, Tensor>();
  let scopeName = "";
  let float: FloatType = "float32";
  let count = 0;

  const stored = (name: string, shape: Shape, data: OnnxInitializer["data"], type: ElementType): Tensor => {
    if (!initializers.has(name)) initializers.set(name, { name, type, shape, data });
    return { name, shape, type };
  };

  const cast = casts((x, to) => {
    const made = { name: `${scopeName}/Cast.${count++}`, shape: x.shape, type: to };
    nodes.push(nodeOf("Cast", [x], [made], { domain: "", attributes: { to: FLOAT_NUMBERS[to] } }));
    return made;
  });
  const asScopeHasIt = (op: string, x: Tensor | undefined, at: number) =>
    // The other inputs of Resize are no values of the network.
    x === undefined || (op === "Resize" && at > 0) ? x : cast.to(x, float);

  const graph: Graph = {
    input(name, shape, type = "float32") {
      inputs.push({ name, type, shape });
      return { name, type, shape: shape.map((extent) => typeof extent === "number" ? extent : FREE_EXTENT) };
    },
    output(name, tensor, shape = tensor.shape) {
      outputs.push({ name, type: tensor.type, shape, source: graph.plain(tensor).name });
    },
    node(op, ins, shape, options) {
      return graph.nodes(op, ins, [shape], options)[0];
    },
    nodes(op, ins, shapes, options = {}) {
      const { domain = "", raw = false, blocked = false } = options;
      const ordered = raw ? ins : ins.map((input) => input && graph.plain(input));
      const given = mixed ? ordered.map((input, at) => asScopeHasIt(op, input, at)) : ordered;
      const type = isFloat(options.type ?? float) ? float : options.type!;
      const toFloat = op === "Cast" && type === "float16";
      const attributes = toFloat ? { to: FLOAT_NUMBERS.float16 } : options.attributes ?? {};
      const replaced = target.instead[op]?.(graph, given as Tensor[], { shapes, attributes });
      if (replaced) return replaced;
      const name = `${scopeName}/${op}.${count++}`;
      const made = shapes.map((shape, i): Tensor => ({
        name: i === 0 ? name : `${name}.${i}`,
        shape,
        type,
        blocked,
      }));
      nodes.push(nodeOf(op, given, made, { domain, attributes }));
      return made;
    },
    scalar: (value) => stored(`number ${value}`, [], Float32Array.of(value), "float32"),
    integers: (values) =>
      stored(`integers ${values.join()}`, [values.length], BigInt64Array.from(values, BigInt), "int64"),
    constant: (data, shape, name = `constant.${count++}`) => stored(name, shape, data, "float32"),
    block,
    target,
    plain(tensor) {
      if (!tensor.blocked && !tensor.scale) return tensor;
      const { name, shape } = settled(graph, tensor);
      const attributes = { channels: shape[1], channels_last: 0 };
      const made = reordered.get(name) ??
        graph.node("ReorderOutput", [{ ...tensor, name }], shape, { domain: NCHWC, attributes, raw: true });
      reordered.set(name, made);
      reordered.set(made.name, { ...tensor, name, scale: undefined });
      return made;
    },
    blocked(tensor) {
      if (tensor.blocked) return settled(graph, tensor);
      const attributes = { channels_last: 0 };
      const made = reordered.get(tensor.name) ??
        graph.node("ReorderInput", [tensor], tensor.shape, { domain: NCHWC, attributes, blocked: true });
      reordered.set(tensor.name, made);
      reordered.set(made.name, tensor);
      return made;
    },
    scope(name, { half = false } = {}) {
      scopeName = name;
      float = mixed && half ? "float16" : "float32";
      cast.begin();
    },
    exactly(make) {
      const before = float;
      float = "float32";
      const made = make();
      float = before;
      return made;
    },
    narrowed: (tensor) => mixed ? cast.to(tensor, "float16") : tensor,
    widened: (tensor) => cast.to(tensor, "float32"),
    finish: (name) => ({
      name,
      ...withOutputNames(nodes, outputs),
      initializers: [...initializers.values()],
      inputs,
      outputs: outputs.map(({ name, type, shape }) => ({ name, type, shape })),
    }),
  };
  return outer ? { ...graph, scalar: outer.scalar, integers: outer.integers, constant: outer.constant } : graph;
}

function nodeOf(
  op: string,
  inputs: readonly (Tensor | undefined)[],
  outputs: readonly Tensor[],
  { domain, attributes }: Pick<OnnxNode, "domain" | "attributes">,
): OnnxNode {
  const names = outputs.map(({ name }) => name);
  return { name: names[0], op, domain, inputs: inputs.map((input) => input?.name ?? ""), outputs: names, attributes };
}

/** A blocked value times its pending factors, by a convolution of one element a channel. */
function settled(graph: Graph, tensor: Tensor): Tensor {
  const { scale, shape } = tensor;
  if (!scale) return tensor;
  const factors = graph.node("Reshape", [scale, graph.integers([shape[1], 1, 1, 1])], [shape[1], 1, 1, 1]);
  const attributes = { group: shape[1], kernel_shape: [1, 1] };
  const inputs = [{ ...tensor, scale: undefined }, factors];
  return graph.node("Conv", inputs, shape, { domain: NCHWC, attributes, raw: true, blocked: true });
}
