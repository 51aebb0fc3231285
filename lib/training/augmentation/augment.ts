import type { RandomStream } from "../../random/mod.ts";
import type { ResolvedAugmentation } from "./augmentation_options.ts";
import { specAugment } from "./spec_augment.ts";
import { timeShift } from "./time_shift.ts";

/** A window in training: its features, its class probabilities and what it counts in the loss. */
export interface Example {
  /** `[frames, nMels]`, not yet standardised. */
  features: Float32Array;
  /** `[classes]` */
  target: Float32Array;
  weight: number;
}

/** What an augmentation may draw on. */
export interface AugmentContext {
  nMels: number;
  /** All that is random of this example in this epoch. */
  stream: RandomStream;
  /** `[nMels]`: mean of each band over the training windows. */
  fill: Float32Array;
}

/** One example after one augmentation; the argument stays as it is. */
export function augment(example: Example, options: ResolvedAugmentation, context: AugmentContext): Example {
  const { features } = example;
  switch (options.kind) {
    case "time-shift":
      return { ...example, features: timeShift(features, { ...options, ...context }) };
    case "spec-augment":
      return { ...example, features: specAugment(features, { ...options, ...context }) };
  }
}
