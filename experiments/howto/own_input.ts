// An input of your own: how a recording becomes what the network sees.
//
//   deno task experiment experiments/howto/own_input.ts --data data/synthetic-heart
//   deno task predict results/howto/own_input recording.wav --parts experiments/howto/own_input.ts
//   deno task live results/howto/own_input --parts experiments/howto/own_input.ts
//
// Where a preset and `change` say what you want, you need none of this: `deno task reference` writes what there is. An
// input of your own is kept in the cache as log-Mel is, and guard, floors, statistics, report and prediction take it as it
// is. What it computes must depend on its samples and options alone: the first window is computed twice to see that. A page that
// `live` makes runs the input in the browser: it, and what else stands in its module, can import Auscult and packages that
// need no files, no Deno and no Node.
//
// Here: the level of each octave, in a coarse picture of a heart.

import { defineExperiment, defineInput, z } from "@auscult/auscult";
import { stft } from "@auscult/auscult/features";

const RATE = 1000; // Hz; hearts lie below half of it
const N_FFT = 256; // a bin is 3.9 Hz wide, so that the lowest octave holds six
const HOP = 20; // samples: 20 ms, a third of a heart sound

export const octaves = defineInput({
  name: "octaves",

  // What can be said in an experiment, by --set and in a sweep: `--set input.count=3`.
  options: z.strictObject({
    /** Lower edge of the first, Hz. */
    lowest: z.number().positive().default(25),
    count: z.int().min(1).max(4).default(4),
  }),

  // Recordings are resampled to it.
  sampleRate: () => RATE,

  // What `compute` gives for so many seconds. Pictures of the sound and of where the network looked are drawn along these
  // axes; bands that are no frequencies may have names instead: `bands: ["rise", "fall"]`.
  shape: ({ lowest, count }, seconds) => ({
    frames: 1 + Math.floor(Math.round(seconds * RATE) / HOP),
    bands: count,
    channels: 1,
    axes: { hop: HOP / RATE, bands: Array.from({ length: count }, (_, k) => lowest * 2 ** k * Math.SQRT2) },
  }),

  // One window, or a whole recording for a picture: samples to [frames, bands, channels], the channels of a band side by
  // side. Networks get it standardised by the training windows.
  compute(samples, { lowest, count }) {
    const { data, frames, nBins } = stft(samples, { nFft: N_FFT, hopLength: HOP });
    const levels = new Float32Array(frames * count);
    for (let frame = 0; frame < frames; frame++) {
      for (let bin = 1; bin < nBins; bin++) {
        const octave = Math.floor(Math.log2(bin * RATE / N_FFT / lowest));
        const at = 2 * (frame * nBins + bin);
        if (octave >= 0 && octave < count) levels[frame * count + octave] += data[at] ** 2 + data[at + 1] ** 2;
      }
    }
    return levels.map((power) => 10 * Math.log10(power + 1e-10)); // dB
  },
});

export default defineExperiment({
  name: "howto/own_input",
  title: "Murmurs in four octaves",
  question: "How much of a murmur is left in a picture of four bands?",
  dataset: { name: "synthetic", task: "murmur-2" },

  // The length of a window, its hop, padding and fade belong to every input.
  input: { ...octaves({ count: 4 }), seconds: 2.5, padding: "circular" },

  model: { kind: "cnn", filters: [8, 16] },
  training: { epochs: 10 },
  evaluation: { protocol: { kind: "grouped-folds", folds: 3 } },
});

// Built-in inputs are made by the same call, and may be joined with yours: `channels({ inputs: [...] })` of the same
// frames and bands, `rows({ inputs: [octaves(), envelope()] })` below each other.
