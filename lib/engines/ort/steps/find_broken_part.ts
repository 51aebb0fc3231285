import type { Batch } from "../../engine.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import type { Noise, Program } from "../program.ts";
import type { BatchPart } from "./batch_parts.ts";
import { findBrokenLayer } from "./find_broken_layer.ts";
import { replicaNoise } from "./replica.ts";
import type { StepContext } from "./step_runner.ts";

/** Where the values of a batch, cut into parts, stopped being numbers. */
export async function findBrokenPart(
  { runtime, options: { seed }, state, inputShape }: StepContext,
  { inputs }: Batch,
  { parts, graph }: {
    parts: readonly BatchPart[];
    graph: (count: number) => Promise<{ program: Program; noises: readonly Noise[] }>;
  },
): Promise<string> {
  const size = sizeOf(inputShape);
  for (const [index, { start, count }] of parts.entries()) {
    const { program, noises } = await graph(count);
    const where = await findBrokenLayer(runtime, program, {
      inputs: inputs.subarray(start * size, (start + count) * size),
      noises: new Map(noises.map((noise) => [noise.name, replicaNoise(noise, { seed, step: state.step, index })])),
      ...{ weights: state.current("weights"), statistics: state.current("statistics") },
    });
    if (where !== "the loss") return where;
  }
  return "the loss";
}
