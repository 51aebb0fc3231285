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
export * from "./axes.ts";
export * from "./build_turn.ts";
export * from "./built_in_inputs.ts";
export * from "./define_input.ts";
export * from "./delta.ts";
export * from "./describe_frames.ts";
export * from "./feature_preset.ts";
export * from "./feature_store.ts";
export * from "./frame_layout.ts";
export * from "./gammatone.ts";
export * from "./hear_recordings.ts";
export * from "./identify_recording.ts";
export * from "./front_end_graph.ts";
export * from "./input_options.ts";
export * from "./input_windows.ts";
export * from "./listener.ts";
export * from "./joined_inputs.ts";
export * from "./log_mel.ts";
export * from "./mel_filter_bank.ts";
export * from "./mel_scale.ts";
export * from "./mel_spectrogram.ts";
export * from "./mfcc.ts";
export * from "./open_input.ts";
export * from "./own_input_modules.ts";
export * from "./pcen.ts";
export * from "./power_to_db.ts";
export * from "./prepare_samples.ts";
export * from "./presets.ts";
export * from "./stft.ts";
export * from "./window_function.ts";
export * from "./window_shape.ts";
