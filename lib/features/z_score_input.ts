import { z } from "zod";
import "./built_in_inputs.ts";
import { defineInput, type InputPart } from "./define_input.ts";
import { inner, innerInput } from "./inner_input.ts";
import { readFrames, type RecordingFrames } from "./recording_frames.ts";

const zScoreOptions = {
  /** The other input, without windows. */
  of: inner,
};

/**
 * Another input over the whole recording, each band less its mean there and divided by its deviation (McDonald et al.
 * 2024, PLOS Digital Health 3, e0000436), of which a window gets the frames that lie nearest to its own; 0 beyond the end of
 * an item. What the loudest moment is counts for the recording, not for a window.
 */
export const zScoreInput: InputPart<"z-score", typeof zScoreOptions> = defineInput({
  name: "z-score",
  options: z.strictObject(zScoreOptions),
  sampleRate: ({ of }) => innerInput(of).sampleRate,
  prepare: (samples, { of }) => innerInput(of).prepare(samples),
  shape: ({ of }, seconds) => innerInput(of).shape(seconds),
  async overall(recording, { of }): Promise<RecordingFrames> {
    const input = innerInput(of);
    const { bands, channels, axes: { hop, first = 0 } } = input.shape(recording.length / input.sampleRate);
    const heard = { overall: await input.overall(recording), timeAt: (second: number) => second };
    const values = (await input.compute(recording, heard)).slice();
    standardiseColumns(values, bands * channels);
    return { values, hop, first, silent: new Float32Array(bands * channels) };
  },
  compute(samples, { of }, { overall, timeAt }) {
    const input = innerInput(of);
    return readFrames(overall as RecordingFrames, { ...input.shape(samples.length / input.sampleRate), timeAt });
  },
});

/** In place: each column to mean 0 and deviation 1, one that never changes to 0. */
function standardiseColumns(values: Float32Array, columns: number): void {
  const rows = values.length / columns;
  for (let column = 0; column < columns; column++) {
    let mean = 0, square = 0;
    for (let at = column; at < values.length; at += columns) mean += values[at] / rows;
    for (let at = column; at < values.length; at += columns) square += (values[at] - mean) ** 2 / rows;
    const deviation = Math.sqrt(square);
    const scale = deviation > 1e-6 * Math.abs(mean) ? 1 / deviation : 0;
    for (let at = column; at < values.length; at += columns) values[at] = (values[at] - mean) * scale;
  }
}
