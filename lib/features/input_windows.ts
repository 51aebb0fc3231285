import { cutSegment, fitLength } from "../audio/mod.ts";
import { fadeEnds } from "./fade_ends.ts";
import type { OpenInput } from "./open_input.ts";

/** One window of an item. */
export interface InputWindow {
  /** Seconds in the recording. */
  start: number;
  /** Seconds in the recording; padding behind the item is not counted. */
  end: number;
  /** `[samples of a window]`. */
  samples: Float32Array;
}

/**
 * The windows of the item from `start` to `end` seconds: one, padded, where the item is no longer than a window; else
 * one each `hop` seconds and a last one that ends with the item. A rest that is shorter than a frame's hop is left out.
 *
 * @param prepared A whole recording after the input's `prepare`.
 * @throws {InputError} where the item lies outside of the recording.
 */
export function inputWindows(
  prepared: Float32Array,
  { start, end, input }: { start: number; end: number; input: OpenInput },
): InputWindow[] {
  const { sampleRate, samples: length, axes, options } = input;
  const { padding, fade: ends = 0 } = options;
  const fade = Math.round(ends * sampleRate);
  const cut = cutSegment(prepared, { sampleRate, start, end });
  const item = fade > 0 ? fadeEnds(cut, { length: fade }) : cut;
  if (item.length <= length) {
    const fitted = fitLength(item, length, padding);
    const samples = fade > 0 && padding === "circular" ? fadeEnds(fitted, { length: fade, fadeIn: false }) : fitted;
    return [{ start, end: start + item.length / sampleRate, samples }];
  }
  const hop = Math.max(1, Math.round((options.hop ?? options.seconds) * sampleRate));
  const starts: number[] = [];
  for (let at = 0; at + length <= item.length; at += hop) starts.push(at);
  const rest = item.length - length - starts.at(-1)!;
  if (rest >= Math.round(axes.hop * sampleRate)) starts.push(item.length - length);
  return starts.map((at) => ({
    start: start + at / sampleRate,
    end: start + (at + length) / sampleRate,
    samples: item.subarray(at, at + length),
  }));
}
