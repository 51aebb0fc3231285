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
  writeHeader(view, { sampleRate, dataBytes });
  for (let i = 0; i < samples.length; i++) {
    view.setInt16(44 + 2 * i, Math.max(-32768, Math.min(32767, Math.round(32768 * samples[i]))), true);
  }
  return new Uint8Array(view.buffer);
}

function writeHeader(view: DataView, { sampleRate, dataBytes }: { sampleRate: number; dataBytes: number }) {
  const text = (at: number, letters: string) => [...letters].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + dataBytes, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true); // bytes of the format chunk
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, 2 * sampleRate, true); // bytes a second
  view.setUint16(32, 2, true); // bytes a frame
  view.setUint16(34, 16, true); // bits
  text(36, "data");
  view.setUint32(40, dataBytes, true);
}
