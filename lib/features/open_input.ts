// Runs in a page as well: no file, no Deno.
import { resample } from "../audio/resample.ts";
import { AuscultError, checked, InputError } from "../errors/mod.ts";
import "./built_in_inputs.ts";
import "./curves_input.ts";
import "./deltas_input.ts";
import "./heart_cycles_input.ts";
import "./joined_inputs.ts";
import "./playback_input.ts";
import "./z_score_input.ts";
import { type Heard, type InputForm, type InputLevels, inputs } from "./define_input.ts";
import type { FrontEndGraph, FrontEndTensor } from "./front_end_graph.ts";
import { type Inner, inputsIn } from "./inner_input.ts";
import { type InputOptions, inputSchema } from "./input_options.ts";
import { type WindowLengths, windowLengths } from "./input_windows.ts";
import { type WindowShape, windowSize } from "./window_shape.ts";

/** Size of one window. */
export interface InputShape extends WindowShape, Pick<WindowLengths, "samples"> {}

/** The recording that samples were cut from, and where. */
export interface SamplesFrom extends Pick<Heard, "timeAt"> {
  /** All of it, after `prepare`. */
  recording: Float32Array;
}

/** What windows are where their values are the logarithms of powers by frequency. */
export interface LogSpectrum extends InputLevels {
  /** `[bands]`: the middle of each band, Hz. */
  bandsHz: readonly number[];
}

/** An input at its options. */
export interface OpenInput extends InputShape, InputForm, WindowLengths {
  options: InputOptions;
  /** `[bands]`: the middle of each band, Hz; empty where bands are no frequencies. */
  bandsHz: number[];
  /** Nothing of windows that aren't such. */
  spectrum?: LogSpectrum;
  /** Samples a second that it hears, Hz. */
  sampleRate: number;
  /**
   * A whole recording at its rate, after its preparation. Windows are cut from the result, not the other way round: a
   * filter needs what lies before and behind a window.
   */
  prepare(samples: Float32Array, options: { sampleRate: number }): Float32Array;
  /** The nodes of `compute` on `[count, samples]`; left out where something has none. */
  emit?(graph: FrontEndGraph, samples: FrontEndTensor): FrontEndTensor;
  /** What of the input has no nodes, by name: an ONNX file begins behind it. */
  withoutNodes: string[];
  /**
   * Prepared samples of any length to `[frames, bands, channels]`.
   *
   * @param from What they were cut from. @default {they are the whole recording}
   * @throws {PartFault} where the input fails, or gives another number of values than its shape says, or one that is none.
   */
  compute(samples: Float32Array, from?: SamplesFrom): Promise<Float32Array>;
}

/** What is wrong with an input itself, and so with every recording. */
export class PartFault extends InputError {}

/**
 * The input that options name.
 *
 * @throws {DataError | InputError | UsageError} for options that it doesn't take, or a length that holds no frame.
 */
export function openInput(given: InputOptions): OpenInput {
  const options = checked(inputSchema, given, { expected: "options of an input", where: "input" });
  const { kind, seconds, hop: _hop, padding: _padding, fade: _fade, ...rest } = options as InputOptions & Inner;
  const own = rest as never;
  const { definition, module = "a notebook's cell" } = inputs.find(kind);
  const where = `the input "${kind}" of ${module}`;
  const { fault, trying } = faultsOf(where);
  const sampleRate = trying("sampleRate", () => definition.sampleRate(own));
  if (!(sampleRate > 0 && sampleRate < Infinity)) {
    throw new PartFault({ expected: "sampleRate() to give Hz", found: `${sampleRate}`, where });
  }
  const shapeOf = (seconds: number) => trying("shape", () => definition.shape(own, seconds));
  const shape = shapeOf(seconds);
  const samples = Math.round(seconds * sampleRate);
  if (shape.frames === 0 || samples === 0) {
    const found = `${seconds} s, which hold none`;
    throw new InputError({ expected: "windows of at least one frame", found, where: "input.seconds" });
  }
  checkForm(shape, where);
  const bandsHz = shape.axes.bands.filter((band) => typeof band === "number");
  const levels = definition.levels?.(own);
  const withoutNodes = lackingNodes(options, sampleRate);
  const overall = new WeakMap<Float32Array, unknown>();
  const heardOf = async ({ recording, timeAt }: SamplesFrom): Promise<Heard> => {
    if (!overall.has(recording)) overall.set(recording, definition.overall?.(recording, own));
    return { overall: await overall.get(recording), timeAt };
  };
  return {
    ...{ ...shape, bandsHz, spectrum: levels && { ...levels, bandsHz }, options, sampleRate },
    ...windowLengths(shape, { options, sampleRate, shapeOf }),
    withoutNodes,
    emit: withoutNodes.length === 0 ? (graph, samples) => definition.onnx!(graph, samples, own) : undefined,
    prepare(samples, { sampleRate: from }) {
      const heard = from === sampleRate ? samples : resample(samples, { from, to: sampleRate });
      return trying("prepare", () => definition.prepare?.(heard, own) ?? heard);
    },
    async compute(samples, from = { recording: samples, timeAt: (second) => second }) {
      const values = await heardOf(from).then((heard) => definition.compute(samples, own, heard)).catch((error) => {
        throw fault("compute", error);
      });
      checkValues(values, { form: shapeOf(samples.length / sampleRate), samples: samples.length, where });
      return values;
    },
  };
}

/** What an input throws, as a fault of the input. */
function faultsOf(where: string) {
  const fault = (name: string, error: unknown) => {
    if (error instanceof AuscultError) return error;
    const found = `${(error as Error).name}: ${(error as Error).message}`.split("\n")[0];
    return new PartFault({ expected: `${name}() to give its result`, found, where, cause: error });
  };
  const trying = <T>(name: string, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw fault(name, error);
    }
  };
  return { fault, trying };
}

function checkValues(
  values: unknown,
  { form, samples, where }: { form: InputForm; samples: number; where: string },
): asserts values is Float32Array {
  const refuse = (found: string) => {
    const sides = `[${form.frames}, ${form.bands}, ${form.channels}]`;
    throw new PartFault({
      expected: `compute() to give ${windowSize(form)} numbers, ${sides}, for ${samples} samples`,
      found,
      where,
      remedy: "let shape() and compute() say the same",
    });
  };
  if (!(values instanceof Float32Array)) return refuse(`no Float32Array: ${Object.prototype.toString.call(values)}`);
  if (values.length !== windowSize(form)) refuse(`${values.length}`);
  const none = values.findIndex((value) => !Number.isFinite(value));
  if (none >= 0) refuse(`${values[none]} at ${none}`);
}

/**
 * The size of a window, and so of a network's input.
 *
 * @throws {DataError | InputError | UsageError} as {@linkcode openInput}.
 */
export function inputShape(input: InputOptions): InputShape {
  const { samples, frames, bands, channels } = openInput(input);
  return { samples, frames, bands, channels };
}

/** Whether the input that options name is known here: that of a run may be somebody's own. */
export function knowsInput(options: object): boolean {
  const { kind = "log-mel" } = options as { kind?: string };
  return inputs.all().some(({ definition }) => definition.name === kind);
}

/** What has no nodes at any depth, another rate inside being one. */
function lackingNodes(options: InputOptions, sampleRate: number): string[] {
  const names = inputsIn(options).flatMap(({ kind, ...own }) => {
    const { definition } = inputs.find(kind);
    if (definition.onnx === undefined) return kind;
    return definition.sampleRate(own as never) === sampleRate ? [] : "resampling";
  });
  return [...new Set(names)];
}

function checkForm({ frames, bands, channels, axes }: InputForm, where: string): void {
  const whole = [frames, bands, channels].every((side) => Number.isInteger(side) && side > 0);
  if (whole && axes?.hop > 0 && axes.bands?.length === bands) return;
  throw new PartFault({
    expected:
      "shape() to give whole numbers of frames, bands and channels, and axes with a hop and a middle for each band",
    found: JSON.stringify({ frames, bands, channels, axes }).slice(0, 200),
    where,
  });
}
