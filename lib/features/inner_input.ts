import type { z } from "zod";
import { type Heard, inputs } from "./define_input.ts";
import type { FrontEndGraph, FrontEndTensor } from "./front_end_graph.ts";

/** An input without windows, as another holds it. */
export const inner: z.ZodType<{ kind: string }, object> = inputs.schema as z.ZodType<{ kind: string }, object>;
export type Inner = z.output<typeof inner>;

/** The functions of an inner input, at its options. `emit` is called only where the input and all that it holds have nodes. */
export function innerInput({ kind, ...given }: Inner) {
  const { definition } = inputs.find(kind);
  const options = given as never;
  return {
    sampleRate: definition.sampleRate(options),
    shape: (seconds: number) => definition.shape(options, seconds),
    prepare: (samples: Float32Array) => definition.prepare?.(samples, options) ?? samples,
    overall: (recording: Float32Array) => definition.overall?.(recording, options),
    compute: (samples: Float32Array, heard: Heard) => definition.compute(samples, options, heard),
    emit: (graph: FrontEndGraph, samples: FrontEndTensor) => definition.onnx!(graph, samples, options),
  };
}

/** The inputs that options name, at any depth. */
export function inputsIn(options: unknown): Inner[] {
  if (typeof options !== "object" || options === null) return [];
  const { kind } = options as { kind?: unknown };
  const known = inputs.all().some(({ definition }) => definition.name === kind);
  return [...known ? [options as Inner] : [], ...Object.values(options).flatMap(inputsIn)];
}

/** Arrays of rows of so many values, side by side in each row that all have. */
export function besideEachOther(arrays: readonly Float32Array[], widths: readonly number[]): Float32Array {
  const width = widths.reduce((a, b) => a + b);
  const rows = Math.min(...arrays.map((array, i) => array.length / widths[i]));
  const joined = new Float32Array(rows * width);
  let first = 0;
  arrays.forEach((array, i) => {
    for (let row = 0; row < rows; row++) {
      joined.set(array.subarray(row * widths[i], (row + 1) * widths[i]), row * width + first);
    }
    first += widths[i];
  });
  return joined;
}
