import { z } from "zod";
import "./built_in_inputs.ts";
import { defineInput, type InputPart } from "./define_input.ts";
import { type Inner, inner, innerInput } from "./inner_input.ts";

const playbackOptions = {
  /** The other input, without windows. */
  of: inner,
  /** How much faster the recording is played: 1.05, 0.95. */
  speed: z.number().min(0.25).max(4) as z.ZodNumber,
};

/** Rates are multiples of it, Hz, so that resampling stays cheap. */
const STEP = 5;

/** What another input hears of a recording that is played faster or slower, pitch and all; windows are seconds of the recording. */
export const playbackInput: InputPart<"playback", typeof playbackOptions> = defineInput({
  name: "playback",
  options: z.strictObject(playbackOptions),
  sampleRate: rateAt,
  prepare: (samples, { of }) => innerInput(of).prepare(samples),
  shape(options, seconds) {
    const { axes, ...shape } = innerInput(options.of).shape(seconds / speedOf(options));
    const [hop, first] = [axes.hop, axes.first ?? 0].map((time) => time * speedOf(options));
    return { ...shape, axes: { ...axes, hop, first } };
  },
  overall: (recording, { of }) => innerInput(of).overall(recording),
  compute(samples, options, { overall, timeAt }) {
    const speed = speedOf(options);
    return innerInput(options.of).compute(samples, {
      overall,
      timeAt(second) {
        const time = timeAt(second * speed);
        return time === undefined ? undefined : time / speed;
      },
    });
  },
});

function rateAt({ of, speed }: { of: Inner; speed: number }): number {
  return STEP * Math.round(innerInput(of).sampleRate / speed / STEP);
}

/** The speed that the rate gives, within some thousandths of what was asked for. */
export function speedOf(options: { of: Inner; speed: number }): number {
  return innerInput(options.of).sampleRate / rateAt(options);
}
