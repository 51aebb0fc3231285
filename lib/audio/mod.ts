/**
 * Recordings: bytes to samples, other rates, filters.
 *
 * Only `readRecording`, `recordingHeader` and `findRecording` touch files; all else runs in the browser as well.
 *
 * @example Two seconds at half the rate, heart sounds only
 * ```ts
 * import { expect } from "expect";
 * import { bandpass, resample } from "./mod.ts";
 * const samples = Float32Array.from({ length: 8000 }, (_, i) => Math.sin(2 * Math.PI * 100 * i / 4000));
 * const slower = resample(samples, { from: 4000, to: 2000 });
 * expect(bandpass(slower, { sampleRate: 2000, low: 25, high: 400 }).length).toBe(4000);
 * ```
 *
 * @module
 */
export * from "./check_samples.ts";
export * from "./decode_audio.ts";
export * from "./encode_wav.ts";
export { UnsupportedSound } from "./formats/damage.ts";
export * from "./mix_down.ts";
export * from "./read_recording.ts";
export * from "./recording_endings.ts";
export * from "./recording_header.ts";
export * from "./sound_limits.ts";
export * from "./resample.ts";
export * from "./butterworth.ts";
export * from "./sos_filter.ts";
export * from "./bandpass.ts";
export * from "./cut_segment.ts";
export * from "./fit_length.ts";
export * from "./remove_spikes.ts";
export * from "./envelopes.ts";
export * from "./fft.ts";
export * from "./signal_quality.ts";
export * from "./segment_heart_cycles.ts";
export * from "./decode_heart_states.ts";
export * from "./heart_reading.ts";
export { HEART_STATES } from "./heart_cycles/frame_network.ts";
export type { MurmurTiming } from "./heart_cycles/state_durations.ts";
