import { checkSoundSize } from "../sound_limits.ts";
import { damage, letters, undecodable } from "./damage.ts";
import { gather } from "./gather.ts";

/** Bytes that are decoded at once. */
const AT_ONCE = 1 << 18;

/** The samples of an MP3 stream. */
export async function decodeMp3(bytes: Uint8Array, name: string) {
  const { sampleRate, channels, samples, bytes: frames } = mp3Stream(bytes, name);
  checkSoundSize({ sampleRate, channels, frames: samples }, name);
  const { decoder } = await import("@audio/decode-mp3");
  const mpg123 = await decoder();
  const gathered = gather(channels, samples);
  try {
    // The decoder makes two channels of one.
    for (let at = 0; at < frames.length; at += AT_ONCE) {
      gathered.add(mpg123.decode(frames.subarray(at, at + AT_ONCE)).channelData.slice(0, channels));
    }
  } catch (cause) {
    throw undecodable(cause, name);
  } finally {
    mpg123.free();
  }
  return { channelData: gathered.channelData(), sampleRate };
}

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
 * @returns The frames, and the samples a channel that they hold, with what the encoder put before and behind the sound.
 * @throws {DataError} where a frame doesn't follow, or fewer are there than the information frame (Xing, Info) names.
 */
function mp3Stream(bytes: Uint8Array, name: string) {
  const first = frameAt(bytes, 0);
  if (!first) throw damage("an MP3 file", "bytes that only begin like one", name);
  const promised = promisedFrames(bytes, first);
  let frames = 0, at = 0;
  for (let frame: typeof first | undefined = first; frame; frame = frameAt(bytes, at)) {
    const isOfStream = frame.sampleRate === first.sampleRate && frame.mpeg1 === first.mpeg1;
    if (!isOfStream || at + frame.length > bytes.length) break;
    frames++;
    at += frame.length;
  }
  // Some encoders count the information frame, some don't.
  const own = promised === undefined ? frames : frames - 1;
  if (promised !== undefined && own + 1 < promised) {
    throw damage(`${promised} MP3 frames`, `${own}, a truncated or damaged file`, name);
  }
  if (frames < 2) throw damage("an MP3 file", "bytes that only begin like one", name);
  const rest = bytes.subarray(at), next = frameAt(bytes, at);
  const cut = next && at + next.length > bytes.length;
  if (!cut && rest.length > 4 && rest.some((byte) => byte !== 0)) {
    const seconds = (frames * first.samples / first.sampleRate).toFixed(2);
    throw damage("MP3 frames to the end", `other bytes after ${seconds} s, a damaged file`, name);
  }
  return { ...first, samples: frames * first.samples, bytes: bytes.subarray(0, at) };
}

/** The header at an offset, with the bytes of the whole frame and its samples a channel; nothing where no header stands. */
function frameAt(bytes: Uint8Array, at: number) {
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

function promisedFrames(
  bytes: Uint8Array,
  { mpeg1, channels }: { mpeg1: boolean; channels: number },
): number | undefined {
  const tag = 4 + (mpeg1 ? (channels === 1 ? 17 : 32) : (channels === 1 ? 9 : 17)); // behind the side information
  const isThere = ["Xing", "Info"].includes(letters(bytes, tag)) && tag + 12 <= bytes.length && bytes[tag + 7] & 1;
  return isThere ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(tag + 8) : undefined;
}
