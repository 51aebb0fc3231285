import type { WindowShape } from "../../features/mod.ts";
import type { RandomStream } from "../../random/mod.ts";

/** A window in training: its features, its class probabilities and what it counts in the loss. */
export interface Example {
  /** `[frames, bands, channels]`, not yet standardised. */
  features: Float32Array;
  /** `[classes]` */
  target: Float32Array;
  weight: number;
}

/** What an augmentation may draw on. */
export interface AugmentContext {
  shape: WindowShape;
  /** All that is random of this example in this epoch. */
  stream: RandomStream;
  /** `[bands, channels]`: mean of each channel of each band over the training windows. */
  fill: Float32Array;
  /** Another training window, drawn by the stream: any, or one of the same class. */
  partner: (of: "any" | "same-class") => Example;
}

/** Class probabilities and weights in the proportions of the two sounds, `share` being that of the first. */
export function mixedTarget(a: Example, b: Example, share: number): Pick<Example, "target" | "weight"> {
  return {
    target: a.target.map((probability, k) => share * probability + (1 - share) * b.target[k]),
    weight: share * a.weight + (1 - share) * b.weight,
  };
}
