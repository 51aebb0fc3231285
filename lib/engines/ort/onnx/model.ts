/** Their numbers in onnx.proto3 (github.com/onnx/onnx). */
export const ELEMENT_TYPES = { float32: 1, int32: 6, int64: 7, bool: 9, float16: 10 } as const;

/** The domain of onnxruntime's nodes on blocked values. */
export const NCHWC = "com.microsoft.nchwc";

export type ElementType = keyof typeof ELEMENT_TYPES;

/** What an attribute of a node may be; `{ float }` and `{ floats }` because 1 alone would be an integer. */
export type Attribute =
  | number
  | { float: number }
  | { floats: readonly number[] }
  | string
  | readonly number[]
  | readonly string[]
  | OnnxGraph;

export interface OnnxNode {
  name: string;
  op: string;
  /** Empty for ONNX itself, `com.microsoft` for what only onnxruntime has. */
  domain: string;
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Readonly<Record<string, Attribute>>;
}

/** A tensor whose values are part of the file. */
export interface OnnxInitializer {
  name: string;
  type: ElementType;
  shape: readonly number[];
  data: Float32Array | Int32Array | BigInt64Array | Uint8Array;
}

/** An input or output of a graph; a text is the name of a dimension that is free. */
export interface OnnxValueInfo {
  name: string;
  type: ElementType;
  shape: readonly (number | string)[];
}

/** A graph, or a body of a Scan node. */
export interface OnnxGraph {
  name: string;
  nodes: readonly OnnxNode[];
  initializers: readonly OnnxInitializer[];
  inputs: readonly OnnxValueInfo[];
  outputs: readonly OnnxValueInfo[];
}

export interface OnnxModel {
  graph: OnnxGraph;
  /** Free notes: what the model is, its classes. */
  metadata?: Readonly<Record<string, string>>;
}

/** Renames what the graph gives out; a value that is an input or is given out twice needs a node of its own. */
export function withOutputNames(
  nodes: readonly OnnxNode[],
  outputs: readonly { name: string; source: string }[],
): OnnxNode[] {
  const made = new Set(nodes.flatMap((node) => node.outputs));
  const names = new Map<string, string>();
  const copies = outputs.flatMap(({ name, source }): OnnxNode[] => {
    const inputs = [names.get(source) ?? source];
    if (!made.has(source) || names.has(source)) {
      return [{ name: `copy ${name}`, op: "Identity", domain: "", inputs, outputs: [name], attributes: {} }];
    }
    names.set(source, name);
    return [];
  });
  const renamed = (list: readonly string[]) => list.map((name) => names.get(name) ?? name);
  return [
    ...nodes.map((node) => ({ ...node, inputs: renamed(node.inputs), outputs: renamed(node.outputs) })),
    ...copies,
  ];
}
