import { DataError } from "../errors/mod.ts";

/** What a WAV file holds, channel by channel. */
export interface WavContent {
  /** One array of samples in [-1, 1) a channel (floating-point files may exceed it). */
  channelData: Float32Array[];
  /** Hz. */
  sampleRate: number;
  /** Bits a sample as stored. */
  bits: number;
  encoding: "integer" | "float";
}

interface Format {
  tag: number;
  channels: number;
  sampleRate: number;
  bits: number;
}

const PCM = 1, FLOAT = 3, EXTENSIBLE = 0xfffe;

/**
 * Sizes from here on are what programs write that stream to a pipe and can't go back to fill them in
 * (0xFFFFFFFF, or 0x7FFFFFFF less a header).
 */
const STREAMED = 0x7fff_0000;

/**
 * The samples in the bytes of a WAV file: integers of 8 (offset 128), 16, 24 or 32 bits and floats of 32 or 64,
 * plain or extensible, any number of channels.
 *
 * A frame is taken to be channels x bits long, whatever the header's block alignment says: SPRSound's headers say
 * 4 bytes for 16-bit mono.
 *
 * @param name Name of the file, for the message.
 * @throws {DataError} for other bytes, other encodings (A-law, ADPCM), a truncated file, a rate of 0, no samples.
 */
export function decodeWav(bytes: Uint8Array, name: string): WavContent {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { format, data } = readChunks(view, name);
  const { channels, sampleRate, bits } = format;
  const encoding = format.tag === FLOAT ? "float" : "integer";
  const width = Math.ceil(bits / 8);
  const frames = Math.floor(data.byteLength / (width * channels));
  const channelData = Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    readSamples(data, samples, { encoding, width, at: channel * width, step: channels * width });
    return samples;
  });
  return { channelData, sampleRate, bits, encoding };
}

/** Whether the bytes begin like a WAV file. */
export function isWav(bytes: Uint8Array): boolean {
  return bytes.length >= 12 && text(bytes, 0) === "RIFF" && text(bytes, 8) === "WAVE";
}

function readChunks(view: DataView, name: string): { format: Format; data: DataView } {
  let format: Format | undefined;
  for (let at = 12; at + 8 <= view.byteLength;) {
    const id = text(new Uint8Array(view.buffer, view.byteOffset), at);
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (id === "fmt ") format = readFormat(view, { start, size, name });
    if (id === "data") {
      if (format === undefined) throw damaged("a format chunk before the data", "none", name);
      return { format, data: dataChunk(view, { start, size, format, name }) };
    }
    at = start + size + size % 2; // chunks begin at even offsets
  }
  throw damaged("a WAV file with a data chunk", `${view.byteLength} bytes without one`, name);
}

function readFormat(view: DataView, { start, size, name }: { start: number; size: number; name: string }): Format {
  if (size < 16 || start + size > view.byteLength) {
    throw damaged("a format chunk of 16 bytes or more", `${Math.min(size, view.byteLength - start)} bytes`, name);
  }
  const declared = view.getUint16(start, true);
  // The first two bytes of the sub-format identifier are the tag of the plain format.
  const tag = declared === EXTENSIBLE && size >= 40 ? view.getUint16(start + 24, true) : declared;
  const format = {
    tag,
    channels: view.getUint16(start + 2, true),
    sampleRate: view.getUint32(start + 4, true),
    bits: view.getUint16(start + 14, true),
  };
  const known = tag === PCM ? format.bits >= 1 && format.bits <= 32 : tag === FLOAT && [32, 64].includes(format.bits);
  if (!known) {
    throw new DataError({
      expected: "integer samples of 8 to 32 bits or float samples of 32 or 64",
      found: `${format.bits} bits in WAV format ${tag}`,
      where: name,
      remedy: "convert the file to 16-bit PCM",
    });
  }
  if (format.channels === 0) throw damaged("at least one channel", "0", name);
  if (format.sampleRate === 0) throw damaged("a sample rate above 0 Hz", "0 Hz", name);
  return format;
}

function dataChunk(
  view: DataView,
  { start, size, format, name }: { start: number; size: number; format: Format; name: string },
): DataView {
  const there = view.byteLength - start;
  const frame = Math.ceil(format.bits / 8) * format.channels;
  const streamed = size >= STREAMED || (size === 0 && there >= frame);
  const frames = Math.floor(Math.min(streamed ? there : size, there) / frame);
  if (!streamed && frames < Math.floor(size / frame)) {
    const seconds = (count: number) => `${(count / format.sampleRate).toFixed(2)} s`;
    throw new DataError({
      expected: `${seconds(Math.floor(size / frame))} of samples`,
      found: `${seconds(frames)}, a truncated file`,
      where: name,
      remedy: "copy the file again",
    });
  }
  return new DataView(view.buffer, view.byteOffset + start, frames * frame);
}

/** How the samples of a channel lie, in bytes. */
interface SampleLayout {
  encoding: WavContent["encoding"];
  /** Bytes of a sample. */
  width: number;
  /** The first sample. */
  at: number;
  /** From one sample to the next. */
  step: number;
}

/**
 * Fills `samples`. A loop for each kind: a loop that calls a reader a sample takes ten times as long. Samples of odd bit
 * numbers stand in the high bits of their bytes.
 */
function readSamples(data: DataView, samples: Float32Array, { encoding, width, at, step }: SampleLayout): void {
  const n = samples.length;
  if (encoding === "float") {
    if (width === 4) { for (let i = 0; i < n; i++, at += step) samples[i] = data.getFloat32(at, true); }
    else for (let i = 0; i < n; i++, at += step) samples[i] = data.getFloat64(at, true);
    return;
  }
  switch (width) {
    case 1:
      for (let i = 0; i < n; i++, at += step) samples[i] = (data.getUint8(at) - 128) / 128;
      return;
    case 2:
      for (let i = 0; i < n; i++, at += step) samples[i] = data.getInt16(at, true) / 32768;
      return;
    case 3:
      for (let i = 0; i < n; i++, at += step) {
        samples[i] = ((data.getInt8(at + 2) << 16) | data.getUint16(at, true)) / 8388608;
      }
      return;
    default:
      for (let i = 0; i < n; i++, at += step) samples[i] = data.getInt32(at, true) / 2147483648;
  }
}

function damaged(expected: string, found: string, name: string): DataError {
  return new DataError({ expected, found, where: name, remedy: "record or copy the file again" });
}

function text(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
