import { z } from "zod";
import "./built_in_inputs.ts";
import { resample } from "../audio/resample.ts";
import { InputError } from "../errors/mod.ts";
import { bandNames, defineInput, type Heard, type InputForm, type InputPart } from "./define_input.ts";
import type { FrontEndGraph, FrontEndTensor } from "./front_end_graph.ts";
import { besideEachOther, type Inner, inner, innerInput } from "./inner_input.ts";

const several = {
  /** Inputs without windows; the first says how a recording is prepared, and has the highest rate. */
  inputs: z.array(inner).min(2) as z.ZodArray<typeof inner>,
};
type Several = { inputs: Inner[] };

/** What inputs that join several have in common. */
const joining = {
  options: z.strictObject(several),
  sampleRate: ({ inputs: [first] }: Several) => innerInput(first).sampleRate,
  prepare: (samples: Float32Array, { inputs: [first] }: Several) => innerInput(first).prepare(samples),
  overall: (recording: Float32Array, { inputs }: Several) =>
    Promise.all(atTheirRates(recording, inputs).map(({ input, samples }) => input.overall(samples))),
};

/** The inputs, and the samples at the rate of the first resampled to that of each. */
function atTheirRates(samples: Float32Array, inputs: readonly Inner[]) {
  const from = innerInput(inputs[0]).sampleRate;
  return inputs.map(innerInput).map((input) => (
    { input, samples: input.sampleRate === from ? samples : resample(samples, { from, to: input.sampleRate }) }
  ));
}

/** Beside each other, in the frames that all have: of a clip shorter than a window some give a frame less, and an encoder none. */
async function joined(
  samples: Float32Array,
  inputs: readonly Inner[],
  heard: Heard,
  widthOf: (form: InputForm) => number,
): Promise<Float32Array> {
  const seconds = samples.length / innerInput(inputs[0]).sampleRate;
  const widths: number[] = [], values: Float32Array[] = [];
  for (const [i, { input, samples: own }] of atTheirRates(samples, inputs).entries()) {
    widths.push(widthOf(input.shape(seconds)));
    values.push(await input.compute(own, { ...heard, overall: (heard.overall as unknown[])[i] }));
  }
  return besideEachOther(values, widths);
}

/** The forms of all, in the frames that all have, of which these sides must be as long as those of the first. */
function forms(
  all: readonly Inner[],
  { seconds, alike }: { seconds: number; alike: "bands" | "channels" },
): InputForm[] {
  const sides = all.map((one) => {
    const { sampleRate, shape } = innerInput(one);
    return { sampleRate, ...shape(seconds), kind: one.kind };
  });
  const [first] = sides;
  const ofOneHop = ({ axes: { hop } }: InputForm) => Math.abs(hop - first.axes.hop) <= 1e-9 * hop;
  const other = sides.find((one) => !ofOneHop(one) || one[alike] !== first[alike] || one.sampleRate > first.sampleRate);
  if (other === undefined) {
    const frames = Math.min(...sides.map(({ frames }) => frames));
    return sides.map((side) => ({ ...side, frames }));
  }
  const said = ({ sampleRate, frames, axes, ...form }: typeof first) =>
    `${sampleRate} Hz, ${frames} frames, ${form[alike]} ${alike}, a frame each ${axes.hop} s`;
  throw new InputError({
    expected: `inputs that fit together, as ${sides[0].kind}: ${said(sides[0])}`,
    found: said(other),
    where: other.kind,
    remedy: "give them one hop and number of bands, and name the one of the highest rate first",
  });
}

/** All graphs side by side along an axis of `[count, frames, bands, channels]`. */
function emitJoined(graph: FrontEndGraph, samples: FrontEndTensor, inputs: readonly Inner[], axis: 2 | 3) {
  const all = inputs.map((one) => innerInput(one).emit(graph, samples));
  graph.scope("joined");
  const frames = Math.min(...all.map(({ shape }) => shape[1]));
  const parts = all.map((part) => {
    const bounds = [[0], [frames], [1]].map((values) => graph.integers(values));
    return part.shape[1] === frames ? part : graph.node("Slice", [part, ...bounds], part.shape.with(1, frames));
  });
  const length = parts.reduce((sum, { shape }) => sum + shape[axis], 0);
  return graph.node("Concat", parts, parts[0].shape.with(axis, length), { attributes: { axis } });
}

/** Inputs on top of each other: channels of the same frames and bands. */
export const channels: InputPart<"channels", typeof several> = defineInput({
  name: "channels",
  ...joining,
  shape({ inputs }, seconds) {
    const all = forms(inputs, { seconds, alike: "bands" });
    const names = all.flatMap(({ axes, channels }, i) =>
      Array.from({ length: channels }, (_, c) => axes.channels?.[c] ?? inputs[i].kind)
    );
    return { ...all[0], channels: names.length, axes: { ...all[0].axes, channels: names } };
  },
  compute: (samples, { inputs }, heard) => joined(samples, inputs, heard, ({ channels }) => channels),
  onnx: (graph, samples, { inputs }) => emitJoined(graph, samples, inputs, 3),
});

/** Inputs below each other: bands of the same frames. */
export const rows: InputPart<"rows", typeof several> = defineInput({
  name: "rows",
  ...joining,
  shape({ inputs }, seconds) {
    const all = forms(inputs, { seconds, alike: "channels" });
    const names = all.flatMap(({ axes }, i) => bandNames(axes).map((band) => `${inputs[i].kind} ${band}`));
    return { ...all[0], bands: names.length, axes: { ...all[0].axes, bands: names } };
  },
  compute: (samples, { inputs }, heard) => joined(samples, inputs, heard, ({ bands, channels }) => bands * channels),
  onnx: (graph, samples, { inputs }) => emitJoined(graph, samples, inputs, 2),
});
