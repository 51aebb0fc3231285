import type { z } from "zod";
import { type Heard, type InputForm, inputs } from "./define_input.ts";
import type { FrontEndGraph, FrontEndTensor } from "./front_end_graph.ts";

/** An input without windows, as another holds it. */
export const inner: z.ZodType<{ kind: string }, object> = inputs.schema as z.ZodType<{ kind: string }, object>;
export type Inner = z.output<typeof inner>;

/** An input at its options, for the one that holds it. */
export interface InnerInput {
  sampleRate: number;
  shape(seconds: number): InputForm;
  prepare(samples: Float32Array): Float32Array;
  overall(recording: Float32Array): unknown;
  compute(samples: Float32Array, heard: Heard): Float32Array | Promise<Float32Array>;
  /** It is called only where the input and all that it holds have nodes. */
  emit(graph: FrontEndGraph, samples: FrontEndTensor): FrontEndTensor;
}

/** The functions of an inner input, at its options. */
export function innerInput({ kind, ...given }: Inner): InnerInput {
  const { definition } = inputs.find(kind);
  const options = given as never;
  return {
    sampleRate: definition.sampleRate(options),
    shape: (seconds) => definition.shape(options, seconds),
    prepare: (samples) => definition.prepare?.(samples, options) ?? samples,
    overall: (recording) => definition.overall?.(recording, options),
    compute: (samples, heard) => definition.compute(samples, options, heard),
    emit: (graph, samples) => definition.onnx!(graph, samples, options),
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
