import { cutSegment, fitLength, type Padding } from "../audio/mod.ts";
import { fadeEnds } from "./fade_ends.ts";
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
