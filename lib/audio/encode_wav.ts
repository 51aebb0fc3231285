import { InputError } from "../errors/mod.ts";
import { checkSamples } from "./check_samples.ts";

/**
 * The bytes of a mono WAV file of 16-bit samples: 32768 steps to 1, so what {@linkcode decodeAudio} read from 16 bits
 * is written back bit by bit; what lies beyond ±1 is cut to it.
 *
 * @throws {InputError} for no samples, NaN or infinite samples, a rate that a WAV header can't hold.
 */
export function encodeWav(samples: ArrayLike<number>, { sampleRate }: { sampleRate: number }): Uint8Array {
  checkSamples(samples, { sampleRate, where: "encodeWav()" });
  if (!Number.isInteger(sampleRate)) {
    throw new InputError({ expected: "a whole number of Hz", found: `${sampleRate} Hz`, where: "encodeWav()" });
  }
  const dataBytes = 2 * samples.length;
  const view = new DataView(new ArrayBuffer(44 + dataBytes));
  const text = (at: number, letters: string) => [...letters].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  text(0, "RIFF");
  text(8, "WAVEfmt ");
  text(36, "data");
  // Bytes of the format chunk, sample rate, bytes a second; PCM, channels, bytes a frame, bits.
  const words = [[4, 36 + dataBytes], [16, 16], [24, sampleRate], [28, 2 * sampleRate], [40, dataBytes]];
  for (const [at, value] of words) view.setUint32(at, value, true);
  for (const [at, value] of [[20, 1], [22, 1], [32, 2], [34, 16]]) view.setUint16(at, value, true);
  for (let i = 0; i < samples.length; i++) {
    view.setInt16(44 + 2 * i, Math.max(-32768, Math.min(32767, Math.round(32768 * samples[i]))), true);
  }
  return new Uint8Array(view.buffer);
}
