import type { Graph, Tensor } from "./graph.ts";
import { concat, reshape, sizeOf, split } from "./onnx/rearrange.ts";
import type { Parameter, Program } from "./program.ts";

/** Parameters of one role, laid end to end in one vector: an optimiser is then a few nodes whatever the model. */
export interface Packing {
  readonly parameters: readonly Parameter[];
  readonly length: number;
}

/** All parameters of a role, in the order of the program. */
export function pack(program: Program, role: Parameter["role"]): Packing {
  const parameters = program.parameters.filter((parameter) => parameter.role === role);
  return { parameters, length: parameters.reduce((sum, { data }) => sum + data.length, 0) };
}

/** The vector at import. */
export function packedData({ parameters, length }: Packing): Float32Array {
  const vector = new Float32Array(length);
  let at = 0;
  for (const { data } of parameters) {
    vector.set(data, at);
    at += data.length;
  }
  return vector;
}

/** The part of each parameter in a vector, by name. */
export function unpackedData({ parameters }: Packing, vector: Float32Array): Map<string, Float32Array> {
  let at = 0;
  return new Map(parameters.map(({ name, data }) => [name, vector.subarray(at, at += data.length)]));
}

/** Vectors of a state that inference needs. */
export interface ModelVectors {
  weights: Float32Array;
  statistics: Float32Array | undefined;
}

/** The program with the values of a state in the place of those at import. */
export function withVectors(program: Program, { weights, statistics }: ModelVectors): Program {
  const values = new Map([
    ...unpackedData(pack(program, "trained"), weights),
    ...(statistics ? unpackedData(pack(program, "statistic"), statistics) : []),
  ]);
  const parameters = program.parameters.map((one) => ({ ...one, data: values.get(one.name) ?? one.data }));
  return { ...program, parameters };
}

/** Cuts a packed input into the tensors of its parameters, by value id. */
export function unpack(graph: Graph, { parameters }: Packing, vector: Tensor): Map<number, Tensor> {
  if (parameters.length === 0) return new Map();
  const parts = split(graph, vector, { axis: 0, extents: parameters.map(({ data }) => data.length) });
  return new Map(parameters.map(({ value }, i) => [value.id, reshape(graph, parts[i], value.shape)]));
}

/** Lays tensors end to end in the order of a packing. */
export function packTensors(graph: Graph, { parameters }: Packing, tensors: ReadonlyMap<number, Tensor>): Tensor {
  const flat = parameters.map(({ value }) => reshape(graph, tensors.get(value.id)!, [sizeOf(value.shape)]));
  return concat(graph, flat, 0);
}
