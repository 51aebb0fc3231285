import type { Hash } from "node:crypto";
import { damage } from "./damage.ts";
import { flacFrames, type FlacInfo, type FlacStream } from "./flac_frames.ts";

/** The library's decoder, which takes frames one by one besides what its types name. */
interface FrameDecoder {
  decodeFrames(frames: Uint8Array[]): Promise<{ channelData: Float32Array[] }>;
  free(): void;
}

let kept: Promise<FrameDecoder> | undefined;

/** The samples of a FLAC file; damage is seen by its frames' checksums before, and by its MD5 after decoding. */
export async function decodeFlac(bytes: Uint8Array, info: FlacInfo, name: string): Promise<Float32Array[]> {
  return await decodeFlacFrames(flacFrames(bytes, info, name), info, name);
}

/**
 * The samples of whole frames, by a decoder that is kept: making one takes as long as decoding ten seconds, and a frame
 * decodes without what came before. One that failed may hold a rest, and is given up.
 */
export async function decodeFlacFrames(
  { frames, samples }: FlacStream,
  info: FlacInfo,
  name: string,
): Promise<Float32Array[]> {
  kept ??= import("@audio/decode-flac").then(async ({ decoder }) => await decoder() as unknown as FrameDecoder);
  const decoder = await kept;
  let channelData: Float32Array[] = [];
  try {
    ({ channelData } = await decoder.decodeFrames(frames));
  } catch {
    // The count says it.
  }
  if (channelData.length !== info.channels || channelData[0].length !== samples) {
    kept = undefined;
    decoder.free();
    throw damage(`${samples} samples a channel`, `${channelData[0]?.length ?? 0}, a damaged file`, name);
  }
  toFullScale(channelData, info);
  checkMd5(channelData, info, name);
  return channelData;
}

/** What is added to it loses all behind the point: four times as fast as `Math.round`. */
const WHOLE = 1.5 * 2 ** 52;

/**
 * The decoder takes 2^(bits - 1) - 1 as full scale, WAV readers and libFLAC's own tools 2^(bits - 1). With the latter a
 * recording gives the same numbers from `.flac` and from `.wav`.
 */
function toFullScale(channelData: Float32Array[], { bits }: FlacInfo) {
  const scale = 2 ** (bits - 1);
  for (const channel of channelData) {
    for (let i = 0; i < channel.length; i++) channel[i] = (channel[i] * (scale - 1) + WHOLE - WHOLE) / scale;
  }
}

/** Samples that are hashed at once. */
const PIECE = 1 << 14;

/**
 * Compares with the MD5 of the samples that the encoder stated (RFC 9639, 8.2): whole bytes, the lowest first, channel after
 * channel. A page has no MD5 and trusts the frames' checksums; of more than 24 bits 32-bit floats keep too little.
 *
 * @throws {DataError}
 */
function checkMd5(channelData: Float32Array[], { bits, md5 }: FlacInfo, name: string): void {
  const hash = (globalThis as { process?: NodeJS.Process }).process?.getBuiltinModule?.("node:crypto").createHash(
    "md5",
  );
  if (!md5 || !hash || bits > 24) return;
  const n = channelData[0].length;
  for (let at = 0; at < n; at += PIECE) {
    hashPiece(
      hash,
      channelData.map((channel) => channel.subarray(at, at + PIECE)),
      bits,
    );
  }
  if (hash.digest("hex") === md5.toHex()) return;
  throw damage("samples with the MD5 that the file states", "another, a damaged file", name);
}

function hashPiece(hash: Hash, channelData: Float32Array[], bits: number) {
  const width = Math.ceil(bits / 8), channels = channelData.length, n = channelData[0].length;
  const scale = 2 ** (bits - 1);
  const view = new DataView(new ArrayBuffer(n * channels * width));
  channelData.forEach((channel, c) => {
    let at = c * width;
    const step = channels * width;
    if (width === 1) { for (let i = 0; i < n; i++, at += step) view.setInt8(at, channel[i] * scale); }
    else if (width === 2) { for (let i = 0; i < n; i++, at += step) view.setInt16(at, channel[i] * scale, true); }
    else {
      for (let i = 0; i < n; i++, at += step) {
        view.setInt16(at, channel[i] * scale, true);
        view.setInt8(at + 2, channel[i] * scale >> 16);
      }
    }
  });
  hash.update(new Uint8Array(view.buffer));
}
