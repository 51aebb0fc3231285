import { z } from "zod";
import { hilbertEnvelope, homomorphicEnvelope, segmentHeartCycles } from "../audio/mod.ts";
import { InputError, UsageError } from "../errors/mod.ts";
import { bandNames, defineInput, type InputPart } from "./define_input.ts";
import { describeFrames, type FrameDescription } from "./describe_frames.ts";
import { besideEachOther, inner, innerInput } from "./inner_input.ts";
import { readFrames, type RecordingFrames } from "./recording_frames.ts";

const STATES = ["S1", "systole", "S2", "diastole"] as const;

const DESCRIPTORS = [
  ...["rms", "zeroCrossings", "spectralCentroid", "spectralSpread", "spectralSkewness", "spectralKurtosis"] as const,
  ...["spectralRolloff", "spectralFlatness", "spectralCrest", "spectralFlux"] as const,
] satisfies (keyof FrameDescription)[];

const CURVES = ["heartStates", "hilbertEnvelope", "homomorphicEnvelope", ...DESCRIPTORS] as const;
type Curve = (typeof CURVES)[number];

const curvesOptions = {
  /** The other input, without windows. */
  of: inner,
  /**
   * What of the whole recording stands beside it: `heartStates` (0 or 1 for each of four states), an envelope in dB of full
   * scale, or a descriptor of `describeFrames`.
   */
  curves: z.array(z.enum(CURVES) as z.ZodType<Curve, Curve>).min(1) as z.ZodArray<z.ZodType<Curve, Curve>>,
  /** Below the bands, a row each, or a channel each that is the same in all bands. */
  as: z.enum(["rows", "channels"]).default("rows") as z.ZodDefault<z.ZodType<"rows" | "channels">>,
};

/** Whether an input hears heart states, at any depth: what follows them was learned from CirCor's children and their states. */
export function hearsHeartStates(input: unknown): boolean {
  if (typeof input !== "object" || input === null) return input === "heartStates" || input === "heart-cycles";
  return Object.values(input).some(hearsHeartStates);
}

/**
 * Another input with curves over time beside it, taken from the whole recording at the hop of that input: a window gets
 * the frames that lie nearest to its own.
 */
export const curves: InputPart<"curves", typeof curvesOptions> = defineInput({
  name: "curves",
  options: z.strictObject(curvesOptions),
  sampleRate({ of, curves }) {
    const { sampleRate } = innerInput(of);
    if (sampleRate >= 1000 || !curves.includes("heartStates")) return sampleRate;
    const expected = "an input of at least 1000 Hz for heart states";
    throw new UsageError({ expected, found: `${sampleRate} Hz`, where: "input.curves" });
  },
  prepare: (samples, { of }) => innerInput(of).prepare(samples),
  shape({ of, curves, as }, seconds) {
    const { bands, channels, axes, ...shape } = innerInput(of).shape(seconds);
    const names = curves.flatMap((curve) => curve === "heartStates" ? STATES : curve);
    if (as === "rows") {
      const all = [...bandNames(axes), ...names];
      return { ...shape, bands: bands + names.length, channels, axes: { ...axes, bands: all } };
    }
    const own = axes.channels ?? Array.from({ length: channels }, () => of.kind);
    return { ...shape, bands, channels: channels + names.length, axes: { ...axes, channels: [...own, ...names] } };
  },
  async overall(recording, { of, curves }) {
    const input = innerInput(of), { sampleRate } = input;
    const hopLength = Math.max(1, Math.round(input.shape(recording.length / sampleRate).axes.hop * sampleRate));
    const frames = 1 + Math.floor(recording.length / hopLength);
    const drawn = { recording, sampleRate, hopLength, frames };
    const descriptions = curves.some(isDescriptor) ? await describe(drawn) : [];
    const columns = curves.flatMap((curve) => {
      if (curve === "heartStates") return stateColumns(drawn);
      return [isDescriptor(curve) ? descriptions.map((frame) => frame[curve]) : envelopeColumn(curve, drawn)];
    });
    const values = Float32Array.from(
      { length: frames * columns.length },
      (_, at) => columns[at % columns.length][Math.floor(at / columns.length)],
    );
    const silent = Float32Array.from(
      curves.flatMap((curve) => curve === "heartStates" ? [0, 0, 0, 0] : isDescriptor(curve) ? 0 : FLOOR_DB),
    );
    const read: RecordingFrames = { values, first: 0, hop: hopLength / sampleRate, silent };
    return { read, inner: await input.overall(recording) };
  },
  async compute(samples, { of, as }, { overall, timeAt }) {
    const { read, inner } = overall as { read: RecordingFrames; inner: unknown };
    const input = innerInput(of);
    const form = input.shape(samples.length / input.sampleRate), { frames, bands, channels } = form;
    const values = await input.compute(samples, { overall: inner, timeAt });
    const drawn = readFrames(read, { ...form, timeAt }), count = read.silent.length;
    // A curve is the same in each channel of its row, or in each band of its channel.
    const repeated = as === "rows"
      ? Float32Array.from({ length: frames * count * channels }, (_, at) => drawn[Math.floor(at / channels)])
      : Float32Array.from(
        { length: frames * bands * count },
        (_, at) => drawn[Math.floor(at / (bands * count)) * count + at % count],
      );
    return as === "rows"
      ? besideEachOther([values, repeated], [bands * channels, count * channels])
      : besideEachOther([values, repeated], [channels, count]);
  },
});

/** A recording and the frames that its curves have. */
interface Drawn {
  recording: Float32Array;
  sampleRate: number;
  hopLength: number;
  frames: number;
}

const isDescriptor = (curve: Curve): curve is (typeof DESCRIPTORS)[number] =>
  (DESCRIPTORS as readonly Curve[]).includes(curve);

/** By frames of at least twice the hop. */
function describe({ recording, sampleRate, hopLength }: Drawn): Promise<FrameDescription[]> {
  return describeFrames(recording, { sampleRate, hopLength, nFft: 2 ** Math.ceil(Math.log2(2 * hopLength)) });
}

function stateColumns({ recording, sampleRate, hopLength, frames }: Drawn): Float32Array[] {
  const columns = STATES.map(() => new Float32Array(frames));
  const { states, reason } = segmentHeartCycles(recording, { sampleRate });
  if (states.length === 0) {
    const expected = "a recording in which a heart can be followed";
    throw new InputError({ expected, found: reason!, where: "input.curves" });
  }
  const starts = [...states.map(({ start }) => Math.ceil(start * sampleRate / hopLength)), frames];
  states.forEach(({ state }, i) => {
    // A network isn't told of the murmur that it may be asked for.
    columns[STATES.indexOf(state === "murmur" ? "systole" : state)].fill(1, starts[i], starts[i + 1]);
  });
  return columns;
}

/** What an amplitude of 1e-5 and less counts as. */
const FLOOR_DB = -100;

function envelopeColumn(curve: "hilbertEnvelope" | "homomorphicEnvelope", drawn: Drawn): Float32Array {
  const { recording, sampleRate, hopLength, frames } = drawn;
  const envelope = curve === "hilbertEnvelope"
    ? hilbertEnvelope(recording)
    : homomorphicEnvelope(recording, { sampleRate });
  return Float32Array.from({ length: frames }, (_, frame) => {
    const middle = frame * hopLength;
    const around = envelope.subarray(Math.max(0, middle - hopLength / 2), middle + hopLength / 2 + 1);
    const mean = around.reduce((sum, amplitude) => sum + amplitude, 0) / around.length;
    return Math.max(FLOOR_DB, 20 * Math.log10(mean));
  });
}
