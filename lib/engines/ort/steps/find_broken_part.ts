import type { Batch } from "../../engine.ts";
import { BROKEN_INPUTS } from "../../no_number.ts";
import { emitForward } from "../emit_forward.ts";
import { createGraph, type Tensor } from "../graph.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import { openModel, type Runtime, tensorOf } from "../ort_runtime.ts";
import { type ModelVectors, pack, unpackedData, withVectors } from "../pack_parameters.ts";
import type { Noise, Program } from "../program.ts";
import type { BatchPart } from "./batch_parts.ts";
import { replicaNoise } from "./draw_noise.ts";
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

/**
 * Where the values of a step stopped being numbers: the inputs, a weight, the first layer whose output holds NaN or
 * infinity, or else the loss. Runs the forward half again with all of its values visible.
 */
async function findBrokenLayer(
  runtime: Runtime,
  program: Program,
  broken: ModelVectors & { inputs: Float32Array; noises: ReadonlyMap<string, Uint8Array | Float32Array> },
): Promise<string> {
  if (!broken.inputs.every(Number.isFinite)) return BROKEN_INPUTS;
  for (const [name, data] of unpackedData(pack(program, "trained"), broken.weights)) {
    if (!data.every(Number.isFinite)) return `the weight ${name}, moved by the step before`;
  }
  const graph = createGraph();
  const bound = new Map<number, Tensor>([[program.input.id, graph.input("inputs", program.input.shape)]]);
  for (const { name, value, data } of withVectors(program, broken).parameters) {
    bound.set(value.id, graph.constant(data, value.shape, name));
  }
  const { emitted, noises } = emitForward(graph, program, { bound, training: true });
  const visible = emitted.filter(({ output }) => output.type === "float32");
  visible.forEach(({ output }, i) => graph.output(`value ${i}`, output));
  const session = await openModel(runtime, { graph: graph.finish("diagnosis") }, { threads: 1 });
  const feeds = noises.map(({ name, shape }) => [name, tensorOf(runtime, broken.noises.get(name)!, shape)] as const);
  const inputs = tensorOf(runtime, broken.inputs, program.input.shape);
  const values = await session.run({ inputs, ...Object.fromEntries(feeds) });
  await session.release();
  const at = visible.findIndex((_, i) => !(values[`value ${i}`].data as Float32Array).every(Number.isFinite));
  return at < 0 ? "the loss" : `the layer "${visible[at].operation.layer}" (${visible[at].operation.rule.name})`;
}
