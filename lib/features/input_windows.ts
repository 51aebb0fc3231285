import { cutSegment, fitLength, type Padding } from "../audio/mod.ts";
import { UsageError } from "../errors/mod.ts";
import type { InputForm } from "./define_input.ts";
import type { InputOptions } from "./input_options.ts";
import type { OpenInput, SamplesFrom } from "./open_input.ts";

/** One window of an item. */
export interface InputWindow {
  /** Seconds in the recording. */
  start: number;
  /** Seconds in the recording; padding behind the item is not counted. */
  end: number;
  /** `[samples of a window]`. */
  samples: Float32Array;
  /** Where they come from. */
  from: SamplesFrom;
}

/**
 * The windows of the item from `start` to `end` seconds: one, padded, where the item is no longer than a window; else
 * one each `hop` seconds and a last one that ends with the item. A rest that is shorter than a frame's hop, of windows of one
 * row than a tenth of them, is left out.
 *
 * @param prepared A whole recording after the input's `prepare`.
 * @throws {InputError} where the item lies outside of the recording.
 */
export function inputWindows(
  prepared: Float32Array,
  { start, end, input }: { start: number; end: number; input: OpenInput },
): InputWindow[] {
  const { sampleRate, samples: length, shortest, options } = input;
  const { padding, fade: ends = 0 } = options;
  const fade = Math.round(ends * sampleRate);
  const cut = cutSegment(prepared, { sampleRate, start, end });
  const item = fade > 0 ? fadeEnds(cut, { length: fade }) : cut;
  if (item.length <= length) {
    const fit = (values: Float32Array) => fitLength(values, Math.max(shortest, item.length), fillOf(options));
    const fitted = fit(item);
    const samples = fade > 0 && padding === "circular" ? fadeEnds(fitted, { length: fade, fadeIn: false }) : fitted;
    const places = () => fit(item.map((_, i) => 1 + i));
    const from = paddedFrom(prepared, { start, sampleRate, places });
    return [{ start, end: start + item.length / sampleRate, samples, from }];
  }
  const hop = Math.max(1, Math.round((options.hop ?? options.seconds) * sampleRate));
  const starts: number[] = [];
  for (let at = 0; at + length <= item.length; at += hop) starts.push(at);
  if (item.length - length - starts.at(-1)! >= input.rest) starts.push(item.length - length);
  return starts.map((at) => ({
    start: start + at / sampleRate,
    end: start + (at + length) / sampleRate,
    samples: item.subarray(at, at + length),
    from: { recording: prepared, timeAt: (second) => start + at / sampleRate + second },
  }));
}

/** What fills a window that its item doesn't: where nothing need, an item too short to be heard at all is heard again. */
export function fillOf({ padding }: Pick<InputOptions, "padding">): Padding {
  return padding === "none" ? "circular" : padding;
}

/** @param places For each sample of the window which one of the item it is, counted from 1; 0 for silence. */
function paddedFrom(
  recording: Float32Array,
  { start, sampleRate, places }: { start: number; sampleRate: number; places: () => Float32Array },
): SamplesFrom {
  let known: Float32Array | undefined;
  return {
    recording,
    timeAt(second) {
      known ??= places();
      const place = known[Math.min(known.length - 1, Math.round(second * sampleRate))];
      return place === 0 ? undefined : start + (place - 1) / sampleRate;
    },
  };
}

/**
 * The samples with a linear fade over `length` samples at the chosen ends (torchaudio's `Fade`), so that repetitions of
 * a sound join without a click.
 *
 * @returns A new array `[n]`.
 */
export function fadeEnds(
  samples: Float32Array,
  { length, fadeIn = true, fadeOut = true }: { length: number; fadeIn?: boolean; fadeOut?: boolean },
): Float32Array {
  const faded = samples.slice();
  const n = faded.length;
  for (let i = 0; i < Math.min(length, n); i++) {
    const weight = length > 1 ? i / (length - 1) : 0;
    if (fadeIn) faded[i] *= weight;
    if (fadeOut) faded[n - 1 - i] *= weight;
  }
  return faded;
}

/** Lengths of sound that become windows, samples at the input's rate. */
export interface WindowLengths {
  /** Of a window. */
  samples: number;
  /** Of the shortest window: those of each, but for the padding `none`. */
  shortest: number;
  /** Of the rest of an item behind its last window from which on it is heard, too, in a window that ends with the item. */
  rest: number;
}

/**
 * What of an item becomes windows.
 *
 * @param shape Of a whole window.
 * @throws {UsageError} for windows without padding that hold several rows: a short sound would hold fewer.
 */
export function windowLengths(
  shape: InputForm,
  { options, sampleRate, shapeOf }: Pick<OpenInput, "options" | "sampleRate"> & {
    shapeOf: (seconds: number) => InputForm;
  },
): WindowLengths {
  const { seconds, padding } = options, samples = Math.round(seconds * sampleRate);
  const shortest = padding === "none" ? fewestSamples(shape, samples, (count) => shapeOf(count / sampleRate)) : samples;
  // One row is as long as its window: by its hop nothing behind it would ever be heard.
  const rest = Math.round(sampleRate * (shape.frames === 1 ? seconds / 10 : shape.axes.hop));
  return { samples, shortest, rest };
}

/** Samples that the one row of a window takes at least. */
function fewestSamples({ frames }: InputForm, samples: number, shapeOf: (samples: number) => InputForm): number {
  if (frames !== 1) {
    throw new UsageError({
      expected: "an input that gives one row of whatever it hears, as an encoder does with pooling",
      found: `${frames} rows`,
      where: 'input.padding "none"',
      remedy: "zero, circular or reflect fill a short sound",
    });
  }
  let [none, one] = [0, samples];
  while (one - none > 1) {
    const middle = (none + one) >> 1;
    if (shapeOf(middle).frames === 0) none = middle;
    else one = middle;
  }
  return one;
}
