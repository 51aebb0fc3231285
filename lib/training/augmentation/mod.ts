/**
 * Seeded changes of training windows that leave their class as it is, or mix classes by known shares.
 *
 * The feature domain works on `[frames, bands, channels]` and is what an experiment's `training.augment` names: time shift, time
 * stretch, SpecAugment, gain, random filter, noise, VTLP, mixup, cutmix, patch-mix, concatenation. The signal domain works on
 * samples, for features that are made on the fly: noise at a given ratio. Balanced sampling is the `sampler` of the
 * training.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { randomStream } from "../../random/mod.ts";
 * import { gain } from "./mod.ts";
 * const louder = gain(new Float32Array([-20, -40]), { stream: randomStream(0, "gain"), range: 6 });
 * expect(Math.abs(louder[0] + 20)).toBeLessThanOrEqual(6);
 * expect(louder[0] - louder[1]).toBeCloseTo(20, 4);
 * ```
 *
 * @module
 */
export * from "./add_noise.ts";
export * from "./augment.ts";
export * from "./augmentation_options.ts";
export * from "./concatenate.ts";
export * from "./cutmix.ts";
export * from "./draw_beta.ts";
export * from "./example.ts";
export * from "./gain.ts";
export * from "./mixup.ts";
export * from "./patch_mix.ts";
export * from "./random_filter.ts";
export * from "./spec_augment.ts";
export * from "./spectral_noise.ts";
export * from "./time_shift.ts";
export * from "./time_stretch.ts";
export * from "./vtlp.ts";
