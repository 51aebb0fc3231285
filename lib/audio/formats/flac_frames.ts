import { checkSoundSize, type SoundSize } from "../sound_limits.ts";
import { checksum } from "./checksum.ts";
import { damage } from "./damage.ts";
import type { PartOfFile } from "./sound_header.ts";

/** STREAMINFO (RFC 9639, 8.2). */
export interface FlacInfo extends SoundSize {
  start: number;
  /** Bits of a sample. */
  bits: number;
  /** MD5 of the samples; nothing where the encoder didn't state it. */
  md5?: Uint8Array;
}

/** STREAMINFO, with a length where the encoder knew it; nothing where the part that was read ends within it. */
export function flacInfo({ view, start, whole, name }: PartOfFile): FlacInfo | undefined {
  if (start + 42 > view.byteLength) {
    if (!whole) return undefined;
    throw damage("a FLAC file", `its first ${view.byteLength - start} bytes`, name);
  }
  if ((view.getUint8(start + 4) & 127) !== 0) throw damage("a FLAC file with its stream's description", "none", name);
  const word = view.getUint32(start + 18);
  const frames = (view.getUint8(start + 21) & 15) * 2 ** 32 + view.getUint32(start + 22);
  const md5 = new Uint8Array(view.buffer, view.byteOffset + start + 26, 16);
  return {
    ...{ start, sampleRate: word >>> 12, channels: (word >> 9 & 7) + 1, bits: (word >> 4 & 31) + 1 },
    frames: frames || undefined,
    md5: md5.some((byte) => byte !== 0) ? md5 : undefined,
  };
}

/** The frames of a FLAC stream: each decodes without the others. */
export interface FlacStream {
  frames: Uint8Array[];
  /** Samples a channel. */
  samples: number;
}

const crc8 = checksum(0x07 << 24), crc16 = checksum(0x8005 << 16);

/** A FLAC file's frames, in agreement with STREAMINFO to the last sample; it throws a DataError with the time of the damage. */
export function flacFrames(bytes: Uint8Array, info: FlacInfo, name: string): FlacStream {
  return flacFramesOf(cut(bytes, behindMetadata(bytes, info.start, name)), info, name);
}

/** The same for frames that a container holds one by one. */
export function flacFramesOf(frames: Iterable<Uint8Array>, info: FlacInfo, name: string): FlacStream {
  const found: Uint8Array[] = [];
  let samples = 0, first = 0;
  const fail = (what: string) => {
    const at = `${(samples / info.sampleRate).toFixed(2)} s`;
    const less = info.frames !== undefined && samples < info.frames;
    const expected = less ? `${info.frames} samples a channel` : "FLAC frames to the end";
    return damage(expected, `${what} after ${at}, a truncated or damaged file`, name);
  };
  for (const bytes of frames) {
    const frame = frameAt(bytes, 0);
    if (!frame || crc16(bytes, 0, bytes.length) !== 0) throw fail("a frame with a wrong checksum");
    const { sampleRate = info.sampleRate, bits = info.bits, channels, number } = frame;
    if (sampleRate !== info.sampleRate || bits !== info.bits || channels !== info.channels) {
      throw fail(`a frame of ${channels} channels, ${bits} bits and ${sampleRate} Hz`);
    }
    if (found.length === 0) first = number;
    if (number - first !== (frame.variable ? samples : found.length)) throw fail(`frame ${number} out of turn`);
    samples += frame.samples;
    found.push(bytes);
    checkSoundSize({ ...info, frames: samples }, name);
  }
  if (info.frames !== undefined && samples !== info.frames) throw fail(`${samples}`);
  return { frames: found, samples };
}

function behindMetadata(bytes: Uint8Array, start: number, name: string): number {
  let at = start + 4;
  for (let last = false; !last && at + 4 <= bytes.length;) {
    last = (bytes[at] & 128) !== 0;
    at += 4 + (bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3]);
  }
  if (at < bytes.length) return at;
  throw damage("a FLAC file with sound", `its first ${bytes.length} bytes, a truncated file`, name);
}

/** A frame ends where another header stands and the checksum comes out; what is left is the last one. */
function* cut(bytes: Uint8Array, start: number): Generator<Uint8Array> {
  let checked = start, register = 0;
  for (let at = bytes.indexOf(0xff, start + 1); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if ((bytes[at + 1] & 0xfe) !== 0xf8 || !frameAt(bytes, at)) continue;
    register = crc16(bytes, checked, at, register);
    checked = at;
    if (register !== 0) continue;
    yield bytes.subarray(start, at);
    start = at;
  }
  // Zeros behind it are padding, but for the last two bytes of a frame, its checksum.
  const last = bytes.findLastIndex((byte) => byte !== 0);
  yield bytes.subarray(start, Math.min(bytes.length, last + 3));
}

const BLOCKS = [0, 192, 576, 1152, 2304, 4608];
const RATES = [0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];
const BITS = [0, 8, 12, 0, 16, 20, 24, 32];

/** The header at an offset (RFC 9639, 9.1), its `number` that of its first sample where blocks vary; nothing where none stands. */
function frameAt(bytes: Uint8Array, at: number) {
  if (bytes[at] !== 0xff || (bytes[at + 1] & 0xfe) !== 0xf8) return undefined;
  const blockCode = bytes[at + 2] >> 4, rateCode = bytes[at + 2] & 15;
  const channelCode = bytes[at + 3] >> 4, bitCode = bytes[at + 3] >> 1 & 7;
  if (blockCode === 0 || rateCode === 15 || channelCode > 10 || bitCode === 3 || bytes[at + 3] & 1) return undefined;
  // The number is written like a letter of UTF-8, of up to seven bytes.
  const lead = bytes[at + 4], more = lead < 128 ? 0 : Math.clz32(~(lead << 24)) - 1;
  let number = more === 0 ? lead : lead & 63 >> more;
  for (let k = 1; k <= more; k++) number = number * 64 + (bytes[at + 4 + k] & 63);
  let end = at + 5 + more;
  const next = (width: number) => {
    let value = 0;
    for (let k = 0; k < width; k++) value = value * 256 + bytes[end++];
    return value;
  };
  const isStated = blockCode === 6 || blockCode === 7;
  const samples = isStated ? next(blockCode - 5) + 1 : BLOCKS[blockCode] ?? 1 << blockCode;
  const rate = RATES[rateCode] ?? (rateCode === 12 ? 1000 * next(1) : (rateCode === 13 ? 1 : 10) * next(2));
  if (end >= bytes.length || (crc8(bytes, at, end) >>> 24) !== bytes[end]) return undefined;
  return {
    ...{ samples, number, variable: (bytes[at + 1] & 1) === 1 },
    ...{ sampleRate: rate || undefined, bits: BITS[bitCode] || undefined },
    channels: channelCode < 8 ? channelCode + 1 : 2,
  };
}
