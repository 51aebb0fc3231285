import type { AudioData } from "audio-decode";
import { DataError } from "../errors/mod.ts";
import { countMp3Frames } from "./mp3_frames.ts";

/** Samples of a compressed file, channel by channel. */
export interface CompressedContent {
  channelData: Float32Array[];
  /** Hz. */
  sampleRate: number;
  format: "flac" | "mp3" | "ogg";
}

/**
 * The samples in the bytes of a FLAC, MP3 or OGG file, by audio-decode. That library gives back what it could read
 * of a damaged file without a word, so the length that the file itself names is checked here.
 *
 * @throws {DataError} for other bytes, and for a truncated or damaged file.
 */
export async function decodeCompressed(bytes: Uint8Array, name: string): Promise<CompressedContent> {
  const format = formatOf(bytes);
  if (format === undefined) throw refused("a WAV, FLAC, MP3 or OGG file", "other bytes", name);
  const promised = promisedLength(bytes, format, name);
  const { channelData, sampleRate } = await decoded(bytes, name);
  const length = channelData[0]?.length ?? 0;
  if (promised !== undefined && length < promised) {
    throw refused(`${promised} samples a channel`, `${length}, a truncated or damaged file`, name);
  }
  if (format === "flac") { for (const channel of channelData) toFullScale(channel, bytes); }
  return { channelData, sampleRate, format };
}

/**
 * audio-decode takes 2^(bits - 1) - 1 as full scale, WAV readers and libFLAC's own tools 2^(bits - 1). With the latter
 * a recording gives the same numbers from `.flac` and from `.wav`. The bits stand in STREAMINFO (RFC 9639, 8.2).
 */
function toFullScale(channel: Float32Array, bytes: Uint8Array) {
  const scale = 2 ** (((bytes[20] & 1) << 4) | (bytes[21] >> 4));
  for (let i = 0; i < channel.length; i++) channel[i] = Math.round(channel[i] * (scale - 1)) / scale;
}

function formatOf(bytes: Uint8Array): CompressedContent["format"] | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  if (start === "fLaC") return "flac";
  if (start === "OggS") return "ogg";
  if (start.startsWith("ID3") || (bytes[0] === 0xff && (bytes[1] & 0xe6) === 0xe2)) return "mp3";
  return undefined;
}

/** Number of samples that the file says it holds, where it says so. */
function promisedLength(bytes: Uint8Array, format: CompressedContent["format"], name: string): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (format === "flac") {
    if (bytes.length < 42) throw refused("a FLAC file", `its first ${bytes.length} bytes`, name);
    // STREAMINFO (RFC 9639, 8.2) follows 8 bytes of headers: 36 bits of total samples from bit 108 on; 0 is unknown.
    return (bytes[21] & 15) * 2 ** 32 + view.getUint32(22) || undefined;
  }
  if (format === "ogg") {
    checkLastPage(bytes, name);
    return undefined;
  }
  const { frames, promised } = countMp3Frames(bytes);
  if (promised !== undefined && frames < promised) {
    throw refused(`${promised} MP3 frames`, `${frames}, a truncated or damaged file`, name);
  }
  if (frames < 2) throw refused("an MP3 file", "bytes that only begin like one", name);
  return undefined;
}

/** The last page of an OGG file bears the end-of-stream flag (RFC 3533, 6). */
function checkLastPage(bytes: Uint8Array, name: string) {
  let last = bytes.length - 27;
  while (last >= 0 && String.fromCharCode(...bytes.subarray(last, last + 4)) !== "OggS") last--;
  const segments = last < 0 ? [] : [...bytes.subarray(last + 27, last + 27 + bytes[last + 26])];
  const end = last + 27 + segments.length + segments.reduce((sum, segment) => sum + segment, 0);
  if (last < 0 || (bytes[last + 5] & 4) === 0 || end > bytes.length) {
    throw refused("an OGG file with a last page", `${bytes.length} bytes without one, a truncated file`, name);
  }
}

async function decoded(bytes: Uint8Array, name: string): Promise<AudioData> {
  const { default: decode } = await import("audio-decode"); // 100 ms that a WAV file need not wait
  try {
    return await decode(bytes);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw refused("audio that can be decoded", reason, name, cause);
  }
}

function refused(expected: string, found: string, where: string, cause?: unknown): DataError {
  return new DataError({ expected, found, where, remedy: "record or copy the file again, or leave it out", cause });
}
