import { DataError } from "../errors/mod.ts";
import { firstNotFinite } from "./check_samples.ts";
import { decodeCompressed } from "./decode_compressed.ts";
import { decodeWav, isWav } from "./decode_wav.ts";

/** A sound as Auscult works with it: one channel. */
export interface Recording {
  /** `[n]`, the mean of the channels, in [-1, 1] unless the file holds floats beyond it. */
  samples: Float32Array;
  /** Hz. */
  sampleRate: number;
  /** Number of channels in the file. */
  channels: number;
  /** Seconds. */
  duration: number;
  /** Kind of file: `"wav"`, `"flac"`, `"mp3"`, `"ogg"`. */
  format: string;
}

/**
 * The sound in the bytes of a WAV, FLAC, MP3 or OGG file. No file access: it runs in the browser as well.
 *
 * @param name Name of the file, for the message; the bytes alone decide on the format.
 * @throws {DataError} for bytes that are no audio, a truncated or damaged file, no samples, NaN or infinite samples.
 *
 * @example What was encoded comes back
 * ```ts
 * import { expect } from "expect";
 * import { decodeAudio, encodeWav } from "./mod.ts";
 * const bytes = encodeWav(Float32Array.of(0, 0.5, -0.5, 0), { sampleRate: 4 });
 * expect(await decodeAudio(bytes, "a.wav")).toMatchObject({ sampleRate: 4, channels: 1, duration: 1, format: "wav" });
 * ```
 */
export async function decodeAudio(bytes: Uint8Array, name: string): Promise<Recording> {
  if (bytes.length === 0) throw unusable("an audio file", "an empty file", name);
  const { channelData, sampleRate, format } = isWav(bytes)
    ? { ...decodeWav(bytes, name), format: "wav" }
    : await decodeCompressed(bytes, name);
  const samples = mean(channelData);
  if (samples.length === 0) throw unusable("at least one sample", "none", name);
  const bad = firstNotFinite(samples);
  if (bad >= 0) throw unusable("finite samples", `${samples[bad]} at ${(bad / sampleRate).toFixed(3)} s`, name);
  return { samples, sampleRate, channels: channelData.length, duration: samples.length / sampleRate, format };
}

function mean(channelData: Float32Array[]): Float32Array {
  if (channelData.length === 1) return channelData[0];
  const mono = new Float32Array(channelData[0]?.length ?? 0);
  for (let i = 0; i < mono.length; i++) {
    let sum = 0;
    for (const channel of channelData) sum += channel[i];
    mono[i] = sum / channelData.length;
  }
  return mono;
}

function unusable(expected: string, found: string, name: string): DataError {
  return new DataError({ expected, found, where: name, remedy: "record or copy the file again, or leave it out" });
}
