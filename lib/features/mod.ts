/**
 * Samples to features: log-Mel spectrograms by published presets, and a cache of them on disk.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { logMel, presets } from "./mod.ts";
 * const samples = new Float32Array(4000).fill(0.1);
 * expect(logMel(samples, presets.respirenet).frames).toBe(32);
 * ```
 *
 * @module
 */
export * from "./page.ts";
export * from "./build_turn.ts";
export * from "./encoders/encoder.ts";
export * from "./encoders/encoder_file.ts";
export * from "./encoders/encoder_options.ts";
export * from "./encoders/encoder_packages.ts";
export { checkWidth } from "./encoders/encoder_session.ts";
export * from "./encoders/random_weights.ts";
export * from "./encoders/read_onnx.ts";
export * from "./encoders/speech_embedding.ts";
export * from "./feature_store.ts";
export { hearRecordings } from "./hear_recordings.ts";
export * from "./identify_recording.ts";
export * from "./own_input_modules.ts";
