// Runs in a page as well.
import { encodeWav } from "../audio/encode_wav.ts";
import { resample } from "../audio/resample.ts";
import { dataAddress } from "./data_address.ts";

export interface PlayableOptions {
  /** Of the samples, Hz. */
  from: number;
  /** Highest rate of what is played, Hz; it isn't below what browsers play. */
  to: number;
}

/** Slowest sound that Chromium plays, Hz, packed or not (its `media/base/limits.h`). */
const SLOWEST = 3000;

/** The bytes of a WAV file of 16 bits, raised to full scale so that a faint murmur can be heard on any loudspeaker. */
export function playableWav(samples: Float32Array, { from, to }: PlayableOptions): Uint8Array<ArrayBuffer> {
  const sampleRate = Math.max(SLOWEST, Math.round(Math.min(from, to)));
  const played = sampleRate === from ? samples : resample(samples, { from, to: sampleRate });
  let peak = 0;
  for (const value of played) peak = Math.max(peak, Math.abs(value));
  const gain = peak > 0 ? 0.97 / peak : 1;
  return encodeWav(played.map((value) => value * gain), { sampleRate }) as Uint8Array<ArrayBuffer>;
}

/** A {@linkcode playableWav} as a data address. */
export function playableSound(samples: Float32Array, options: PlayableOptions): string {
  return dataAddress("audio/wav", playableWav(samples, options));
}
