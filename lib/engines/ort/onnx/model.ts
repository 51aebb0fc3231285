export type ElementType = "float32" | "float16" | "int32" | "int64" | "bool";

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
