import { type HeatMap, heatMap, upsampleBilinear } from "./heat_map.ts";

/** Logits of a batch of spectrograms: `predict` of any engine's session. */
export type Predict = (inputs: Float32Array, count: number) => Promise<Float32Array>;

export interface OcclusionOptions {
  frames: number;
  bands: number;
  /** Class that is explained. */
  classIndex: number;
  /** Size of the patch in frames and bands. @default {an eighth of either} */
  patch?: readonly [number, number];
  /** Distance of neighbouring patches. @default {half a patch} */
  stride?: readonly [number, number];
}

/** Spectrograms a call of `predict`. */
const BATCH = 32;

/**
 * Occlusion (Zeiler & Fergus 2014): how much the probability of a class falls when a patch of the spectrogram is covered.
 * It needs nothing of the model but its answers, so it runs on any engine.
 *
 * @param input `[frames, bands, channels]`, row-major, normalised as in training.
 */
export async function occlusion(predict: Predict, input: Float32Array, options: OcclusionOptions): Promise<HeatMap> {
  const { frames, bands, classIndex } = options;
  const channels = input.length / (frames * bands);
  const patch = options.patch ?? [Math.ceil(frames / 8), Math.ceil(bands / 8)];
  const stride = options.stride ?? [Math.ceil(patch[0] / 2), Math.ceil(patch[1] / 2)];
  const mean = input.reduce((sum, value) => sum + value, 0) / input.length;
  const rows = Math.ceil(frames / stride[0]), columns = Math.ceil(bands / stride[1]);
  const covered = Array.from({ length: rows * columns }, (_, k) => {
    // A patch around the middle of its cell, so that the cells tile the spectrogram.
    const frame = Math.floor((Math.floor(k / columns) + 0.5) * stride[0] - patch[0] / 2);
    const band = Math.floor((k % columns + 0.5) * stride[1] - patch[1] / 2);
    return { frame, band };
  });
  const [whole] = await probabilities(predict, [input], classIndex);
  const falls: number[] = [];
  for (let start = 0; start < covered.length; start += BATCH) {
    const batch = covered.slice(start, start + BATCH).map(({ frame, band }) => {
      const copy = input.slice();
      for (let f = Math.max(0, frame); f < Math.min(frames, frame + patch[0]); f++) {
        const low = Math.max(0, band), high = Math.min(bands, Math.max(0, band + patch[1]));
        copy.fill(mean, (f * bands + low) * channels, (f * bands + high) * channels);
      }
      return copy;
    });
    for (const left of await probabilities(predict, batch, classIndex)) falls.push(Math.max(0, whole - left));
  }
  return heatMap(upsampleBilinear(falls, { from: [rows, columns], to: [frames, bands] }), { frames, bands });
}

async function probabilities(predict: Predict, inputs: Float32Array[], classIndex: number): Promise<number[]> {
  const flat = new Float32Array(inputs.length * inputs[0].length);
  inputs.forEach((input, i) => flat.set(input, i * input.length));
  const logits = await predict(flat, inputs.length);
  const size = logits.length / inputs.length;
  return inputs.map((_, i) => {
    const row = logits.subarray(i * size, (i + 1) * size);
    const top = Math.max(...row);
    return Math.exp(row[classIndex] - top) / row.reduce((sum, z) => sum + Math.exp(z - top), 0);
  });
}
