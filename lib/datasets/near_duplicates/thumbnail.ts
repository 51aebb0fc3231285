import { bandpass, resample } from "../../audio/mod.ts";

/** Hz; enough for heart sounds and the loud part of breath sounds. */
export const THUMBNAIL_RATE = 1000;

/** Seconds that are looked at: copies of longer recordings agree in their first half minute, too. */
const LONGEST = 30;

/**
 * What of a recording is compared: 20 to 400 Hz at 1 kHz, the first half minute, in 16 bits so that ten thousand fit into
 * memory. Empty for silence and for less than 0.1 s.
 */
export function thumbnail(samples: Float32Array, sampleRate: number): Int16Array {
  const cut = samples.subarray(0, LONGEST * sampleRate);
  if (cut.length < 0.1 * sampleRate) return new Int16Array();
  const slow = resample(cut, { from: sampleRate, to: THUMBNAIL_RATE });
  const filtered = bandpass(slow, { sampleRate: THUMBNAIL_RATE, low: 20, high: 400 });
  let peak = 0;
  for (const value of filtered) peak = Math.max(peak, Math.abs(value));
  if (peak < 1e-6) return new Int16Array();
  return Int16Array.from(filtered, (value) => Math.round(value / peak * 32767));
}
