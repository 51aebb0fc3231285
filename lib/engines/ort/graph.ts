import { reorderings } from "./onnx/blocked.ts";
import { type Attribute, ELEMENT_TYPES, type ElementType, withOutputNames } from "./onnx/model.ts";
import type { OnnxGraph, OnnxInitializer, OnnxNode, OnnxValueInfo } from "./onnx/model.ts";
import { CPU, type Target } from "./onnx/target.ts";

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
  const inputs: OnnxValueInfo[] = [];
  const outputs: (OnnxValueInfo & { source: string })[] = [];
  let scopeName = "";
  let count = 0;
  const constants = constantStore(() => count++);
  const { scalar, integers, constant } = outer ?? constants;
  const emit: Emit = (op, ins, made, { domain = "", attributes }) => {
    const name = `${scopeName}/${op}.${count++}`;
    const tensors = made.map((tensor, i) => ({ ...tensor, name: i === 0 ? name : `${name}.${i}` }));
    const names = tensors.map(({ name }) => name);
    nodes.push({ name, op, domain, inputs: ins.map((input) => input?.name ?? ""), outputs: names, attributes });
    return tensors;
  };
  const { brought, begin, ofScope, typeOf } = precisions(emit, mixed);

  const graph: Graph = {
    ...{ block, target, scalar, integers, constant },
    ...brought,
    ...reorderings(() => graph),
    input(name, shape, type = "float32") {
      inputs.push({ name, type, shape });
      return { name, type, shape: shape.map((extent) => typeof extent === "number" ? extent : FREE_EXTENT) };
    },
    output(name, tensor, shape = tensor.shape) {
      outputs.push({ name, type: tensor.type, shape, source: graph.plain(tensor).name });
    },
    node: (op, ins, shape, options) => graph.nodes(op, ins, [shape], options)[0],
    nodes(op, ins, shapes, { domain, raw = false, blocked = false, ...options } = {}) {
      const ordered = raw ? ins : ins.map((input) => input && graph.plain(input));
      // The other inputs of Resize are no values of the network.
      const given = ordered.map((x, at) => op === "Resize" && at > 0 ? x : ofScope(x));
      const type = typeOf(options.type);
      const attributes = op === "Cast" && type === "float16" ? { to: ELEMENT_TYPES[type] } : options.attributes ?? {};
      return target.instead[op]?.(graph, given as Tensor[], { shapes, attributes }) ??
        emit(op, given, shapes.map((shape) => ({ shape, type, blocked })), { domain, attributes });
    },
    scope(name, { half = false } = {}) {
      scopeName = name;
      begin(half);
    },
    finish: (name) => ({
      name,
      nodes: withOutputNames(nodes, outputs),
      initializers: constants.all(),
      inputs,
      outputs: outputs.map(({ name, type, shape }) => ({ name, type, shape })),
    }),
  };
  return graph;
}

/** Numbers that are no integers. */
type FloatType = "float32" | "float16";

function isFloat(type: ElementType): type is FloatType {
  return type === "float32" || type === "float16";
}

/** Appends a node and gives its outputs. */
type Emit = (
  op: string,
  inputs: readonly (Tensor | undefined)[],
  made: readonly Omit<Tensor, "name">[],
  options: { domain?: string; attributes: OnnxNode["attributes"] },
) => Tensor[];

/** What is part of the file, each value once. */
function constantStore(next: () => number) {
  const initializers = new Map<string, OnnxInitializer>();
  const stored = (name: string, shape: Shape, data: OnnxInitializer["data"], type: ElementType): Tensor => {
    if (!initializers.has(name)) initializers.set(name, { name, type, shape, data });
    return { name, shape, type };
  };
  const store: Pick<Graph, "scalar" | "integers" | "constant"> = {
    scalar: (value) => stored(`number ${value}`, [], Float32Array.of(value), "float32"),
    integers: (values) =>
      stored(`integers ${values.join()}`, [values.length], BigInt64Array.from(values, BigInt), "int64"),
    constant: (data, shape, name = `constant.${next()}`) => stored(name, shape, data, "float32"),
  };
  return { ...store, all: () => [...initializers.values()] };
}

/** In which type a scope computes, and values brought to it. */
function precisions(emit: Emit, mixed: boolean) {
  // Each until the scope ends: what a layer has cast is not to lie in memory until its gradient is computed.
  const known = new Map<string, Tensor>();
  let float: FloatType = "float32";
  const cast = (x: Tensor, type: FloatType): Tensor => {
    if (!isFloat(x.type) || x.type === type) return x;
    const attributes = { to: ELEMENT_TYPES[type] };
    const made = known.get(x.name) ?? emit("Cast", [x], [{ shape: x.shape, type }], { attributes })[0];
    known.set(x.name, made);
    return made;
  };
  const brought: Pick<Graph, "exactly" | "narrowed" | "widened"> = {
    exactly(make) {
      const before = float;
      float = "float32";
      const made = make();
      float = before;
      return made;
    },
    narrowed: (tensor) => mixed ? cast(tensor, "float16") : tensor,
    widened: (tensor) => cast(tensor, "float32"),
  };
  return {
    brought,
    begin(half: boolean): void {
      known.clear();
      float = mixed && half ? "float16" : "float32";
    },
    ofScope: (x: Tensor | undefined) => mixed && x ? cast(x, float) : x,
    typeOf: (asked: ElementType = float) => isFloat(asked) ? float : asked,
  };
}
