// Runs in a page as well.
import { encodeWav } from "../audio/encode_wav.ts";
import { resample } from "../audio/resample.ts";
import { dataAddress } from "./data_address.ts";

/** Slowest sound that Chromium plays, Hz, packed or not (its `media/base/limits.h`). */
export const SLOWEST_PLAYED = 3000;

/** Rates, Hz: `from`, of the samples; `to`, the highest of what is played, which isn't below what browsers play. */
interface PlayedRates {
  from: number;
  to: number;
}

/** A sound as it is played, and what raises it to full scale, so that a faint murmur can be heard on any loudspeaker. */
export function playedSound(samples: Float32Array, { from, to }: PlayedRates) {
  const sampleRate = Math.max(SLOWEST_PLAYED, Math.round(Math.min(from, to)));
  const played = sampleRate === from ? samples : resample(samples, { from, to: sampleRate });
  let peak = 0;
  for (const value of played) peak = Math.max(peak, Math.abs(value));
  return { played, sampleRate, gain: peak > 0 ? 0.97 / peak : 1 };
}

/** The bytes of a WAV file of 16 bits at full scale. */
export function playableWav(samples: Float32Array, rates: PlayedRates): Uint8Array<ArrayBuffer> {
  const { played, sampleRate, gain } = playedSound(samples, rates);
  return encodeWav(played.map((value) => value * gain), { sampleRate }) as Uint8Array<ArrayBuffer>;
}

/** A {@linkcode playableWav} as a data address. */
export function playableSound(samples: Float32Array, options: PlayedRates): string {
  return dataAddress("audio/wav", playableWav(samples, options));
}
