import type { Batch } from "../lib/engines/mod.ts";
import { randomStream } from "../lib/random/mod.ts";

/** The networks that the peers know too. */
export type BenchModel = "cnn" | "cnn6" | "lightCnn" | "crnn";

/** Examples a step. */
export const BATCH = 32;

/** One example, and the network's outputs. */
export const SHAPE = { frames: 64, bands: 128, channels: 1, classes: 4, seed: 0 };

/** What all of them do: cross-entropy and Adam. */
export const TRAINING = { loss: { kind: "categorical-cross-entropy" }, optimizer: { kind: "adam" } } as const;

/** A batch of noise. */
export function noiseBatch(count = BATCH): Batch {
  const stream = randomStream(0, "bench/batch");
  const { frames, bands, classes } = SHAPE;
  return {
    inputs: Float32Array.from({ length: count * frames * bands }, () => stream.normal()),
    targets: Float32Array.from({ length: count * classes }, (_, i) => i % (classes + 1) === 0 ? 1 : 0),
    weights: new Float32Array(count).fill(1),
    count,
  };
}
