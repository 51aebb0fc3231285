/** A value in a {@linkcode FrontEndGraph}. */
export interface FrontEndTensor {
  readonly name: string;
  /** Extents, slowest first. */
  readonly shape: readonly number[];
  readonly type: "float32" | "float16" | "int32" | "int64" | "bool";
}

/** The ONNX graph that an input adds its nodes to, so that a file takes samples. */
export interface FrontEndGraph {
  /** Adds a node of one output of the given shape. */
  node(
    op: string,
    inputs: readonly FrontEndTensor[],
    shape: readonly number[],
    options?: { attributes?: Record<string, number | string | readonly number[]> },
  ): FrontEndTensor;
  /** A number that is part of the file. */
  scalar(value: number): FrontEndTensor;
  /** A list of integers that is part of the file, as axes and shapes are given. */
  integers(values: readonly number[]): FrontEndTensor;
  /** An array that is part of the file. */
  constant(data: Float32Array, shape: readonly number[]): FrontEndTensor;
  /** Names what follows, so that errors can say where a node comes from. */
  scope(name: string): void;
}
