import type { PcmSound } from "./pcm_sound.ts";

/** The samples of each channel: integers in [-1, 1), floats as they are. */
export function readPcm(bytes: Uint8Array, sound: PcmSound): Float32Array[] {
  const { start, frames, channels, width } = sound;
  const data = new DataView(bytes.buffer, bytes.byteOffset + start, frames * channels * width);
  // In the lower bytes of four, as ALSA's S24_LE has 24 bits: all else stands in the upper ones.
  const above = sound.bits > 24 ? 0 : sound.bits > 16 ? 8 : 16;
  const lower = width === 4 && above > 0 && isSignedAbove(data, { ...sound, above });
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    const layout = { ...sound, at: channel * width, step: channels * width };
    if (sound.encoding === "float") readFloats(data, samples, layout);
    else if (sound.encoding === "mulaw" || sound.encoding === "alaw") readCodes(data, samples, layout);
    else readIntegers(data, samples, layout);
    if (lower) { for (let i = 0; i < frames; i++) samples[i] *= 2 ** above; }
    return samples;
  });
}

/** How the samples of a channel lie, in bytes: the first `at`, the next a `step` behind it. */
type Layout = PcmSound & { at: number; step: number };

/** Whether so many bits above of every four bytes hold nothing but the sign of the others. */
function isSignedAbove(data: DataView, { littleEndian, above }: { littleEndian: boolean; above: number }): boolean {
  for (let at = 0; at + 4 <= data.byteLength; at += 4) {
    const word = data.getInt32(at, littleEndian);
    if (word << above >> above !== word) return false;
  }
  return true;
}

function readFloats(data: DataView, samples: Float32Array, { width, littleEndian, at, step }: Layout) {
  const n = samples.length;
  if (width === 4) { for (let i = 0; i < n; i++, at += step) samples[i] = data.getFloat32(at, littleEndian); }
  else for (let i = 0; i < n; i++, at += step) samples[i] = data.getFloat64(at, littleEndian);
}

/** A loop a width: calling a reader a sample takes ten times as long. Odd bit numbers stand in the high bits of their bytes. */
function readIntegers(data: DataView, samples: Float32Array, { encoding, width, littleEndian, at, step }: Layout) {
  const n = samples.length;
  switch (width) {
    case 1: {
      const flip = encoding === "unsigned" ? 128 : 0;
      for (let i = 0; i < n; i++, at += step) samples[i] = (data.getUint8(at) ^ flip) << 24 >> 24;
      for (let i = 0; i < n; i++) samples[i] /= 128;
      return;
    }
    case 2:
      for (let i = 0; i < n; i++, at += step) samples[i] = data.getInt16(at, littleEndian) / 32768;
      return;
    case 3: {
      const [high, low] = littleEndian ? [2, 0] : [0, 1];
      for (let i = 0; i < n; i++, at += step) {
        samples[i] = (data.getInt8(at + high) << 16 | data.getUint16(at + low, littleEndian)) / 8388608;
      }
      return;
    }
    default:
      for (let i = 0; i < n; i++, at += step) samples[i] = data.getInt32(at, littleEndian) / 2147483648;
  }
}

/** Logarithmic bytes by a table of the 256 (ITU-T G.711). */
function readCodes(data: DataView, samples: Float32Array, { encoding, at, step }: Layout) {
  const values = Float32Array.from({ length: 256 }, (_, code) => (encoding === "alaw" ? alaw : mulaw)(code) / 32768);
  for (let i = 0; i < samples.length; i++, at += step) samples[i] = values[data.getUint8(at)];
}

function mulaw(code: number): number {
  const value = ((~code & 15) * 8 + 132 << (~code >> 4 & 7)) - 132;
  return code & 128 ? value : -value;
}

function alaw(code: number): number {
  const bits = code ^ 0x55, exponent = bits >> 4 & 7;
  const value = exponent === 0 ? (bits & 15) * 16 + 8 : (bits & 15) * 16 + 264 << exponent - 1;
  return bits & 128 ? value : -value;
}
