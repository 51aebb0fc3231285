import { z } from "zod";
import "./built_in_inputs.ts";
import { defineInput, type InputPart } from "./define_input.ts";
import { delta, deltaKernel } from "./delta.ts";
import type { FrontEndGraph, FrontEndTensor } from "./front_end_graph.ts";
import { besideEachOther, inner, innerInput } from "./inner_input.ts";

const deltasOptions = {
  /** The other input, without windows. */
  of: inner,
  /** Frames that a derivative looks at, an odd number. */
  width: z.int().min(3).refine((width) => width % 2 === 1, "an odd number").default(9) as z.ZodDefault<z.ZodNumber>,
  /** 1 adds the slope, 2 the curvature too. */
  order: z.int().min(1).max(2).default(2) as z.ZodDefault<z.ZodNumber>,
};

/** Another input, its slope over time and its curvature, as channels. */
export const deltasInput: InputPart<"deltas", typeof deltasOptions> = defineInput({
  name: "deltas",
  options: z.strictObject(deltasOptions),
  sampleRate: ({ of }) => innerInput(of).sampleRate,
  prepare: (samples, { of }) => innerInput(of).prepare(samples),
  shape({ of, order }, seconds) {
    const { channels, axes, ...shape } = innerInput(of).shape(seconds);
    const names = ["value", "slope", "curvature"].slice(0, 1 + order);
    const all = names.flatMap((name) => axes.channels?.map((channel) => `${channel}: ${name}`) ?? name);
    return { ...shape, channels: channels * names.length, axes: { ...axes, channels: all } };
  },
  overall: (recording, { of }) => innerInput(of).overall(recording),
  async compute(samples, { of, width, order }, heard) {
    const input = innerInput(of);
    const { bands, channels } = input.shape(samples.length / input.sampleRate);
    const values = await input.compute(samples, heard);
    const derived = orders(order).map((order) =>
      delta(values, { columns: bands * channels, width, order, mode: "nearest" })
    );
    return besideEachOther([values, ...derived], [values, ...derived].map(() => channels));
  },
  onnx(graph, samples, { of, width, order }) {
    const values = innerInput(of).emit(graph, samples);
    graph.scope("deltas");
    const [count, frames, bands, channels] = values.shape;
    const parts = [values, ...orders(order).map((order) => emitDelta(graph, values, { width, order }))];
    const shape = [count, frames, bands, channels * parts.length];
    return graph.node("Concat", parts, shape, { attributes: { axis: 3 } });
  },
});

const orders = (order: number) => ([1, 2] as const).slice(0, order);

/** The nodes of `delta` in mode `nearest`: a convolution over time, behind repeated ends. */
function emitDelta(
  graph: FrontEndGraph,
  values: FrontEndTensor,
  { width, order }: { width: number; order: 1 | 2 },
): FrontEndTensor {
  const [count, frames, bands, channels] = values.shape;
  const columns = bands * channels, half = (width - 1) / 2;
  const image = graph.node("Reshape", [values, graph.integers([-1, 1, frames, columns])], [count, 1, frames, columns]);
  const pads = graph.integers([0, 0, half, 0, 0, 0, half, 0]);
  const longer = [count, 1, frames + 2 * half, columns];
  const padded = graph.node("Pad", [image, pads], longer, { attributes: { mode: "edge" } });
  const kernel = graph.constant(Float32Array.from(deltaKernel(half, order)), [1, 1, width, 1]);
  const derived = graph.node("Conv", [padded, kernel], image.shape, { attributes: { kernel_shape: [width, 1] } });
  return graph.node("Reshape", [derived, graph.integers([-1, frames, bands, channels])], values.shape);
}
