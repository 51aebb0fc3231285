import { damage } from "./damage.ts";

/** Layer III bit rates in kbit/s by index (ISO 11172-3 table; 13818-3 for the lower sample rates). */
const BIT_RATES = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const;
const SAMPLE_RATES = [44100, 48000, 32000];

/** How far behind the beginning the first whole frame may lie: a stream that was cut begins amid one. */
const LONGEST_FRAME = 1441 * 2;

/** As many frames that follow each other are no coincidence. */
const IN_A_ROW = 3;

interface Frame {
  /** Bytes of the whole frame. */
  length: number;
  /** Hz. */
  sampleRate: number;
  channels: number;
  /** Samples a channel. */
  samples: number;
  mpeg1: boolean;
}

/** What a walk from frame to frame finds. */
export interface Mp3Stream {
  sampleRate: number;
  /** Of the first frame. */
  channels: number;
  /** Samples a channel that the frames hold, with what the encoder put before and behind the sound. */
  samples: number;
  /** The frames. */
  bytes: Uint8Array;
}

/** Offset of the first frame of an MPEG audio layer III stream; nothing where none begins nearby. */
export function soundOfFrames(bytes: Uint8Array, start: number, end: number): number | undefined {
  for (let at = start; at < Math.min(end, start + LONGEST_FRAME); at++) {
    let next = at, frames = 0;
    // The last one may be cut off.
    for (let frame = frameAt(bytes, next); frame && next < end; frame = frameAt(bytes, next)) {
      next += frame.length;
      if (++frames >= IN_A_ROW || next === end) return at;
    }
  }
  return undefined;
}

/**
 * Walks over the frames, which the file must consist of to its end, all of one rate. The last one may be cut off. Frames carry
 * no checksum of their sound: a change within one is heard and not seen.
 *
 * @throws {DataError} where a frame doesn't follow, or fewer are there than the information frame (Xing, Info) names.
 */
export function mp3Stream(bytes: Uint8Array, name: string): Mp3Stream {
  const first = frameAt(bytes, 0);
  if (!first) throw damage("an MP3 file", "bytes that only begin like one", name);
  const promised = promisedFrames(bytes, first);
  let frames = 0, at = 0;
  for (let frame: Frame | undefined = first; frame; frame = frameAt(bytes, at)) {
    if (frame.sampleRate !== first.sampleRate || frame.mpeg1 !== first.mpeg1) break;
    if (at + frame.length > bytes.length) break;
    frames++;
    at += frame.length;
  }
  // Some encoders count the information frame, some don't.
  const own = promised === undefined ? frames : frames - 1;
  if (promised !== undefined && own + 1 < promised) {
    throw damage(`${promised} MP3 frames`, `${own}, a truncated or damaged file`, name);
  }
  if (frames < 2) throw damage("an MP3 file", "bytes that only begin like one", name);
  const rest = bytes.subarray(at);
  const cut = frameAt(bytes, at) && at + frameAt(bytes, at)!.length > bytes.length;
  if (!cut && rest.length > 4 && rest.some((byte) => byte !== 0)) {
    const seconds = (frames * first.samples / first.sampleRate).toFixed(2);
    throw damage("MP3 frames to the end", `other bytes after ${seconds} s, a damaged file`, name);
  }
  const { sampleRate, channels, samples } = first;
  return { sampleRate, channels, samples: frames * samples, bytes: bytes.subarray(0, at) };
}

/** The header at an offset; nothing where no header stands. */
function frameAt(bytes: Uint8Array, at: number): Frame | undefined {
  if (bytes[at] !== 0xff || (bytes[at + 1] & 0xe6) !== 0xe2) return undefined;
  const version = (bytes[at + 1] >> 3) & 3; // 3: MPEG 1, 2: MPEG 2, 0: MPEG 2.5
  const rateIndex = (bytes[at + 2] >> 2) & 3;
  const mpeg1 = version === 3;
  const kbits = BIT_RATES[mpeg1 ? 1 : 2][bytes[at + 2] >> 4];
  if (version === 1 || rateIndex === 3 || !kbits) return undefined;
  const sampleRate = SAMPLE_RATES[rateIndex] / (mpeg1 ? 1 : version === 2 ? 2 : 4);
  const padding = (bytes[at + 2] >> 1) & 1;
  return {
    length: Math.floor((mpeg1 ? 144 : 72) * kbits * 1000 / sampleRate) + padding,
    sampleRate,
    channels: bytes[at + 3] >> 6 === 3 ? 1 : 2,
    samples: mpeg1 ? 1152 : 576,
    mpeg1,
  };
}

function promisedFrames(bytes: Uint8Array, { mpeg1, channels }: Frame): number | undefined {
  const tag = 4 + (mpeg1 ? (channels === 1 ? 17 : 32) : (channels === 1 ? 9 : 17)); // behind the side information
  const name = String.fromCharCode(...bytes.subarray(tag, tag + 4));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if ((name !== "Xing" && name !== "Info") || tag + 12 > bytes.length || (bytes[tag + 7] & 1) === 0) return undefined;
  return view.getUint32(tag + 8);
}
