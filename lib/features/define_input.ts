import type { z } from "zod";
import { UsageError } from "../errors/mod.ts";
// Runs in a page as well: a room's mod.ts would bring file access along.
import { type Options, type Part, PartKind } from "../parts/part_kind.ts";
import type { FrontEndGraph, FrontEndTensor } from "./front_end_graph.ts";
import type { WindowShape } from "./window_shape.ts";

/** What stands along the sides of a window: pictures and heat maps are drawn by it. */
export interface InputAxes {
  /** Seconds from one frame to the next. */
  hop: number;
  /** `[bands]`: the middle of each band, Hz, or where bands have none, their names. */
  bands: readonly number[] | readonly string[];
  /** `[channels]`: what each is; left out where there is one. */
  channels?: readonly string[];
  /** Seconds from the first sample to the middle of the first frame; 0 where left out. */
  first?: number;
}

/** What bands are called beside those that have no frequency. */
export function bandNames({ bands }: Pick<InputAxes, "bands">): string[] {
  return bands.map((band) => typeof band === "number" ? `${Math.round(band)} Hz` : band);
}

/** The recording that samples were cut from. */
export interface Heard {
  /** What `overall` gave for it. */
  overall: unknown;
  /** Seconds in the recording of a second in the samples; nothing in the silence behind a short item. */
  timeAt(second: number): number | undefined;
}

/** Size and sides of a window. */
export interface InputForm extends WindowShape {
  axes: InputAxes;
}

/** The values of a window where each is the logarithm of a power. */
export interface InputLevels {
  /** Whether they are told against the loudest. */
  relative: boolean;
  /** What values are the logarithm of, but for one factor of all of them. */
  powers(values: Float32Array): Float32Array;
  /** The values of such powers. */
  values(powers: Float32Array): Float32Array;
}

/** What of an input everybody asks for, whatever its options are. */
interface InputFunctions<Options> {
  /** Samples a second that it hears, Hz: recordings are resampled to it. */
  sampleRate(options: Options): number;
  /** Size and sides of what `compute` gives for so many seconds; 0 frames where they hold none. */
  shape(options: Options, seconds: number): InputForm;
  /** What is done to a whole recording at that rate before windows are cut out of it; a filter needs what lies around them. */
  prepare?(samples: Float32Array, options: Options): Float32Array;
  /** What the windows of a recording have in common, taken once from all of it after `prepare`. */
  overall?(recording: Float32Array, options: Options): unknown;
  /**
   * Samples of any length, a window's or a whole recording's, to `[frames, bands, channels]`; the same for the same
   * samples of the same recording, and finite.
   */
  compute(samples: Float32Array, options: Options, heard: Heard): Float32Array | Promise<Float32Array>;
  /** The way from values to powers and back, by bands whose middles are Hz; without it none of what devices do is tried on them. */
  levels?(options: Options): InputLevels | undefined;
  /** The nodes of `compute` on `[count, samples]`, to `[count, frames, bands, channels]`; without it, ONNX files begin at windows. */
  onnx?(graph: FrontEndGraph, samples: FrontEndTensor, options: Options): FrontEndTensor;
}

/** A way to hear: what it is called, its options, and how samples become windows. */
export interface InputDefinition<Name extends string, Options extends z.ZodObject>
  extends InputFunctions<z.output<Options>> {
  name: Name;
  options: Options;
}

/** A defined input. */
export type InputPart<Name extends string, Shape extends z.ZodRawShape> = Part<
  "input",
  InputDefinition<Name, Options<Shape>>
>;

/** The inputs that are known. */
export const inputs: PartKind<InputFunctions<never>> = new PartKind("input", "an input", { usual: "log-mel" });

/**
 * An input of one's own, to be called with its options as the `input` of an experiment, beside the length of a window:
 * `input: { ...envelope({ bands: 8 }), seconds: 2 }`.
 *
 * @throws {UsageError} where another module has defined one of that name.
 *
 * @throws {UsageError} for an option that is named as one of the window: `seconds`, `hop`, `padding`, `fade`.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { z } from "zod";
 * import { defineInput, openInput } from "./mod.ts";
 *
 * const loudness = defineInput({
 *   name: "loudness",
 *   options: z.strictObject({ hopLength: z.int().positive().default(100) }),
 *   sampleRate: () => 1000,
 *   shape: ({ hopLength }, seconds) => ({
 *     ...{ frames: Math.floor(1000 * seconds / hopLength), bands: 1, channels: 1 },
 *     axes: { hop: hopLength / 1000, bands: ["rms"] },
 *   }),
 *   compute: (samples, { hopLength }) =>
 *     Float32Array.from({ length: Math.floor(samples.length / hopLength) }, (_, frame) =>
 *       Math.hypot(...samples.subarray(frame * hopLength, (frame + 1) * hopLength)) / Math.sqrt(hopLength)),
 * });
 * const input = openInput({ ...loudness({ hopLength: 250 }), seconds: 1, padding: "zero" });
 * expect([...await input.compute(new Float32Array(1000).fill(0.5))]).toEqual([0.5, 0.5, 0.5, 0.5]);
 * ```
 */
export function defineInput<const Name extends string, Options extends z.ZodObject>(
  definition: InputDefinition<Name, Options>,
): Part<"input", InputDefinition<Name, Options>> {
  const taken = ["seconds", "hop", "padding", "fade"].filter((key) => Object.hasOwn(definition.options.shape, key));
  if (taken.length > 0) {
    throw new UsageError({
      expected: "options of an input beside those of every window (seconds, hop, padding, fade)",
      found: taken.join(", "),
      where: `the input "${definition.name}"`,
      remedy: "give them other names, such as hopLength",
    });
  }
  return inputs.define(definition) as Part<"input", InputDefinition<Name, Options>>;
}
