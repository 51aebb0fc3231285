/**
 * Networks as `tf.LayersModel`s, from a spectrogram `[frames, bands, channels]` to one logit a class.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { buildModel, type ModelOptions } from "./mod.ts";
 * const options: ModelOptions = { kind: "cnn", filters: [16, 32, 64, 128] };
 * const model = await buildModel(options, { frames: 64, bands: 128, channels: 1, classes: 7, seed: 0 });
 * expect(model.countParams()).toBe(98_775);
 * ```
 *
 * @module
 */
export * from "./build_model.ts";
export * from "./load_tfjs.ts";
export * from "./define_model.ts";
export * from "./families.ts";
export * from "./split_frozen.ts";
export * from "./take_weights.ts";
export * from "./without_rules.ts";
