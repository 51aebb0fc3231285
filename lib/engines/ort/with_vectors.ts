import { pack, unpackedData } from "./pack_parameters.ts";
import type { Program } from "./program.ts";

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
  return {
    ...program,
    parameters: program.parameters.map((parameter) => ({
      ...parameter,
      data: values.get(parameter.name) ?? parameter.data,
    })),
  };
}
