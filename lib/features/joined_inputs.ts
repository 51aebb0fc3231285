import { z } from "zod";
import "./built_in_inputs.ts";
import { resample } from "../audio/resample.ts";
import { InputError } from "../errors/mod.ts";
import { defineInput, type InputForm, type InputPart, inputs } from "./define_input.ts";
import { delta } from "./delta.ts";

/** An input without windows, as another holds it. */
const inner = inputs.schema as z.ZodType<{ kind: string }, object>;
type Inner = z.output<typeof inner>;

/** The functions of an inner input, at its options. */
function at({ kind, ...given }: Inner) {
  const { definition } = inputs.find(kind);
  const options = given as never;
  return {
    sampleRate: definition.sampleRate(options),
    shape: (seconds: number) => definition.shape(options, seconds),
    prepare: (samples: Float32Array) => definition.prepare?.(samples, options) ?? samples,
    compute: (samples: Float32Array) => definition.compute(samples, options),
  };
}

/** Arrays of rows of so many values, side by side in each row. */
function beside(arrays: readonly Float32Array[], widths: readonly number[]): Float32Array {
  const width = widths.reduce((a, b) => a + b);
  const rows = arrays[0].length / widths[0];
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

const deltasOptions = {
  /** The other input, without windows. */
  of: inner,
  /** Frames that a derivative looks at, an odd number. */
  width: z.int().min(3).default(9) as z.ZodDefault<z.ZodNumber>,
  /** 1 adds the slope, 2 the curvature too. */
  order: z.int().min(1).max(2).default(2) as z.ZodDefault<z.ZodNumber>,
};

/** Another input, its slope over time and its curvature, as channels. */
export const deltasInput: InputPart<"deltas", typeof deltasOptions> = defineInput({
  name: "deltas",
  options: z.strictObject(deltasOptions),
  sampleRate: ({ of }) => at(of).sampleRate,
  prepare: (samples, { of }) => at(of).prepare(samples),
  shape({ of, order }, seconds) {
    const { channels, axes, ...shape } = at(of).shape(seconds);
    const names = ["value", "slope", "curvature"].slice(0, 1 + order);
    return {
      ...shape,
      channels: channels * names.length,
      axes: {
        ...axes,
        channels: names.flatMap((name) => axes.channels?.map((channel) => `${channel}: ${name}`) ?? name),
      },
    };
  },
  async compute(samples, { of, width, order }) {
    const input = at(of);
    const { bands, channels } = input.shape(samples.length / input.sampleRate);
    const values = await input.compute(samples);
    const derived = ([1, 2] as const).slice(0, order).map((order) =>
      delta(values, { columns: bands * channels, width, order, mode: "nearest" })
    );
    return beside([values, ...derived], [values, ...derived].map(() => channels));
  },
});

const several = {
  /** Inputs without windows; the first says how a recording is prepared, and has the highest rate. */
  inputs: z.array(inner).min(2) as z.ZodArray<typeof inner>,
};

/** What inputs that join several have in common. */
const joining = {
  options: z.strictObject(several),
  sampleRate: ({ inputs: [first] }: { inputs: Inner[] }) => at(first).sampleRate,
  prepare: (samples: Float32Array, { inputs: [first] }: { inputs: Inner[] }) => at(first).prepare(samples),
};

/** What each gives for samples at the rate of the first. */
async function computed(samples: Float32Array, all: readonly Inner[]): Promise<Float32Array[]> {
  const { sampleRate: from } = at(all[0]);
  const values: Float32Array[] = [];
  for (const one of all.map(at)) {
    values.push(await one.compute(one.sampleRate === from ? samples : resample(samples, { from, to: one.sampleRate })));
  }
  return values;
}

/** The forms of all, of which these sides must be as long as those of the first. */
function forms(
  all: readonly Inner[],
  { seconds, alike }: { seconds: number; alike: "bands" | "channels" },
): InputForm[] {
  const sides = all.map((one) => ({ ...at(one), ...at(one).shape(seconds), kind: one.kind }));
  const [first] = sides;
  const other = sides.find((one) =>
    one.frames !== first.frames || one[alike] !== first[alike] || one.sampleRate > first.sampleRate
  );
  if (other === undefined) return sides;
  const said = ({ sampleRate, frames, ...form }: typeof first) =>
    `${sampleRate} Hz, ${frames} frames, ${form[alike]} ${alike}`;
  throw new InputError({
    expected: `inputs that fit together, as ${sides[0].kind}: ${said(sides[0])}`,
    found: said(other),
    where: other.kind,
    remedy: "give them one hop and number of bands, and name the one of the highest rate first",
  });
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
  async compute(samples, { inputs }) {
    const seconds = samples.length / at(inputs[0]).sampleRate;
    const widths = forms(inputs, { seconds, alike: "bands" }).map(({ channels }) => channels);
    return beside(await computed(samples, inputs), widths);
  },
});

/** Inputs below each other: bands of the same frames. */
export const rows: InputPart<"rows", typeof several> = defineInput({
  name: "rows",
  ...joining,
  shape({ inputs }, seconds) {
    const all = forms(inputs, { seconds, alike: "channels" });
    const names = all.flatMap(({ axes }, i) => axes.bands.map((band) => `${inputs[i].kind} ${band}`));
    return { ...all[0], bands: names.length, axes: { ...all[0].axes, bands: names } };
  },
  async compute(samples, { inputs }) {
    const seconds = samples.length / at(inputs[0]).sampleRate;
    const widths = forms(inputs, { seconds, alike: "channels" }).map(({ bands, channels }) => bands * channels);
    return beside(await computed(samples, inputs), widths);
  },
});
