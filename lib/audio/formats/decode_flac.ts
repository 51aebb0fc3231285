import type { Hash } from "node:crypto";
import { damage } from "./damage.ts";
import { gather } from "./gather.ts";
import { flacFrames, type FlacInfo, type FlacStream } from "./flac_frames.ts";

/** The library's decoder, which takes frames one by one besides what its types name. */
interface FrameDecoder {
  decodeFrames(frames: Uint8Array[]): Promise<{ channelData: Float32Array[] }>;
  free(): void;
}

/** Frames that are decoded at once: some seconds. */
const AT_ONCE = 64;

let kept: Promise<FrameDecoder> | undefined;

/** The samples of a FLAC file; damage is seen by its frames' checksums before, and by its MD5 after decoding. */
export async function decodeFlac(bytes: Uint8Array, info: FlacInfo, name: string): Promise<Float32Array[]> {
  return await decodeFlacFrames(flacFrames(bytes, info, name), info, name);
}

/** The samples of whole frames, by a decoder that is kept, as making one takes long; one that failed is given up. */
export async function decodeFlacFrames({ frames, samples }: FlacStream, info: FlacInfo, name: string) {
  kept ??= import("@audio/decode-flac").then(async ({ decoder }) => await decoder() as unknown as FrameDecoder);
  const decoder = await kept;
  const gathered = gather(info.channels, samples);
  try {
    for (let k = 0; k < frames.length; k += AT_ONCE) {
      gathered.add((await decoder.decodeFrames(frames.slice(k, k + AT_ONCE))).channelData);
    }
  } catch {
    // The count says it.
  }
  if (gathered.count !== samples) {
    kept = undefined;
    decoder.free();
    throw damage(`${samples} samples a channel`, `${gathered.count}, a damaged file`, name);
  }
  const channelData = gathered.channelData();
  toFullScale(channelData, info, name);
  return channelData;
}

/** What is added to it loses all behind the point: four times as fast as `Math.round`. */
const WHOLE = 1.5 * 2 ** 52;

/** Samples that are taken at once. */
const PIECE = 1 << 14;

/**
 * The decoder takes 2^(bits - 1) - 1 as full scale, WAV readers and libFLAC's own tools 2^(bits - 1). With the latter a
 * recording gives the same numbers from `.flac` and from `.wav`. On the way the whole numbers are compared with the MD5 that the
 * encoder stated. A page has no MD5 and trusts the frames' checksums; of more than 24 bits 32-bit floats keep too little.
 */
function toFullScale(channelData: Float32Array[], { bits, md5 }: FlacInfo, name: string) {
  const hash = md5 && bits <= 24 ? newMd5() : undefined;
  const scale = 2 ** (bits - 1), step = 1 / scale, count = channelData.length, n = channelData[0].length;
  const steps = new Int32Array(count * Math.min(n, PIECE));
  for (let from = 0; from < n; from += PIECE) {
    const end = Math.min(n, from + PIECE);
    for (let c = 0; c < count; c++) {
      const channel = channelData[c];
      for (let i = from, at = c; i < end; i++, at += count) {
        const whole = channel[i] * (scale - 1) + WHOLE - WHOLE;
        steps[at] = whole;
        channel[i] = whole * step;
      }
    }
    hash?.update(packed(steps.subarray(0, count * (end - from)), Math.ceil(bits / 8)));
  }
  if (!hash || hash.digest("hex") === md5!.toHex()) return;
  throw damage("samples with the MD5 that the file states", "another, a damaged file", name);
}

function newMd5(): Hash | undefined {
  const { process } = globalThis as { process?: NodeJS.Process };
  return process?.getBuiltinModule?.("node:crypto").createHash("md5");
}

/** The lower bytes of each number, the lowest first (RFC 9639, 8.2). */
function packed(steps: Int32Array, width: number): Uint8Array {
  if (width === 1) return new Uint8Array(new Int8Array(steps).buffer);
  if (width === 2) return new Uint8Array(new Int16Array(steps).buffer);
  const bytes = new Uint8Array(3 * steps.length);
  for (let i = 0, at = 0; i < steps.length; i++) {
    bytes[at++] = steps[i];
    bytes[at++] = steps[i] >> 8;
    bytes[at++] = steps[i] >> 16;
  }
  return bytes;
}
