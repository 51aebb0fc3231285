import { encodeWav } from "../audio/mod.ts";
import type { Prediction } from "../scores/mod.ts";
import { formatNpy } from "../files/mod.ts";
import { type RandomStream, randomStream } from "../random/mod.ts";
import type { Run, RunExamples } from "../runs/mod.ts";
import type { FixtureOptions } from "./fixture_run.ts";

const SAMPLE_RATE = 4000, HOP = 128, N_MELS = 64;

/** For tests: the sounds, spectrograms and heat of the worst of made-up errors. */
export async function writeFixtureExamples(
  run: Run,
  predictions: Prediction[],
  options: FixtureOptions,
): Promise<void> {
  const { examples = 6, seconds = 3, suffix = "", seed = 1 } = options;
  const stream = randomStream(seed, "examples");
  const wrong = predictions.filter((row) => row.predicted !== row.label)
    .toSorted((a, b) => Math.max(...b.probabilities) - Math.max(...a.probabilities));
  const list: RunExamples = [];
  for (let e = 0; e < examples; e++) {
    const row = wrong[e % wrong.length];
    const id = `error-${String(e + 1).padStart(2, "0")}`;
    const samples = breath(seconds, stream.fork(id));
    const { logMel, heat, frames } = picture(samples, stream.fork(`${id}/picture`));
    list.push({
      id,
      ...row,
      end: row.start + seconds,
      sampleRate: SAMPLE_RATE,
      frames,
      bands: N_MELS,
      hop: HOP / SAMPLE_RATE,
      bandsHz: Array.from({ length: N_MELS }, (_, band) => 50 + 1950 * (band / (N_MELS - 1)) ** 1.5),
      heat: true,
      events: [{ start: 0.3 * seconds, end: 0.7 * seconds, label: `${row.label}${suffix}` }],
    });
    await run.write(`examples/${id}.wav`, encodeWav(samples, { sampleRate: SAMPLE_RATE }));
    await run.write(`examples/${id}.npy`, formatNpy({ shape: [frames, N_MELS], data: logMel }));
    await run.write(`examples/${id}.heat.npy`, formatNpy({ shape: [frames, N_MELS], data: heat }));
  }
  await run.save("examples", list);
}

/** Noise that swells twice, with a tone of 400 Hz in the middle. */
function breath(seconds: number, stream: RandomStream): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * SAMPLE_RATE) }, (_, i) => {
    const time = i / SAMPLE_RATE / seconds;
    const swell = Math.sin(2 * Math.PI * time) ** 2;
    const tone = time > 0.3 && time < 0.7 ? 0.2 * Math.sin(2 * Math.PI * 400 * i / SAMPLE_RATE) : 0;
    return Math.max(-0.99, Math.min(0.99, swell * (0.08 * stream.normal() + tone)));
  });
}

/** Values that look like a log-Mel spectrogram of {@linkcode breath} and a warm spot where the tone is. */
function picture(samples: Float32Array, stream: RandomStream) {
  const frames = 1 + Math.floor(samples.length / HOP);
  const logMel = new Float32Array(frames * N_MELS), heat = new Float32Array(frames * N_MELS);
  for (let frame = 0; frame < frames; frame++) {
    const time = frame / frames;
    const swell = 20 * Math.log10(0.01 + Math.sin(2 * Math.PI * time) ** 2);
    for (let band = 0; band < N_MELS; band++) {
      const at = frame * N_MELS + band;
      const tone = time > 0.3 && time < 0.7 && Math.abs(band - 20) < 2 ? 25 : 0;
      logMel[at] = Math.max(-80, Math.min(0, swell - 25 - 0.4 * band + tone + 3 * stream.normal()));
      heat[at] = Math.exp(-(((time - 0.5) / 0.15) ** 2) - ((band - 20) / 12) ** 2);
    }
  }
  return { logMel, heat, frames };
}
