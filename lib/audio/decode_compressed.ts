import { DataError } from "../errors/mod.ts";
import { countMp3Frames } from "./mp3_frames.ts";

/** Samples of a compressed file, channel by channel. */
export interface CompressedContent {
  channelData: Float32Array[];
  /** Hz. */
  sampleRate: number;
  format: "flac" | "mp3" | "ogg";
}

// Each brings a WebAssembly module of 60 KB and more: loaded when the first file of its kind comes.
const DECODERS = {
  flac: () => import("@audio/decode-flac"),
  mp3: () => import("@audio/decode-mp3"),
  vorbis: () => import("@audio/decode-vorbis"),
  opus: () => import("@audio/decode-opus"),
};

type Codec = keyof typeof DECODERS;
type FlacDecoder = Awaited<ReturnType<Awaited<ReturnType<typeof DECODERS.flac>>["decoder"]>>;

/**
 * The samples in the bytes of a FLAC, MP3 or OGG (Vorbis, Opus) file, by the decoders of the @audio project. They give
 * back what they could read of a damaged file without a word, so the length that the file itself names is checked here.
 *
 * @throws {DataError} for other bytes, and for a truncated or damaged file.
 */
export async function decodeCompressed(bytes: Uint8Array, name: string): Promise<CompressedContent> {
  const codec = codecOf(bytes);
  if (codec === undefined) throw refused("a WAV, FLAC, MP3 or OGG file", "other bytes", name);
  if (codec === "flac") return { ...await decodeFlac(bytes, name), format: "flac" };
  if (codec === "mp3") return { ...await decodeMp3(bytes, name), format: "mp3" };
  checkLastPage(bytes, name);
  return { ...await decoded(bytes, codec, name), format: "ogg" };
}

function codecOf(bytes: Uint8Array): Codec | undefined {
  const text = (at: number, length: number) => String.fromCharCode(...bytes.subarray(at, at + length));
  if (text(0, 4) === "fLaC") return "flac";
  // The first packet begins with the codec's name, behind a page header of 28 bytes.
  if (text(0, 4) === "OggS") return text(28, 8) === "OpusHead" ? "opus" : "vorbis";
  if (text(0, 3) === "ID3" || (bytes[0] === 0xff && (bytes[1] & 0xe6) === 0xe2)) return "mp3";
  return undefined;
}

/** What is added to it loses all behind the point: four times as fast as `Math.round`. */
const WHOLE = 1.5 * 2 ** 52;

/**
 * STREAMINFO (RFC 9639, 8.2) names the bits of a sample and the number of samples, 0 where it isn't known.
 *
 * The decoder takes 2^(bits - 1) - 1 as full scale, WAV readers and libFLAC's own tools 2^(bits - 1). With the latter a
 * recording gives the same numbers from `.flac` and from `.wav`.
 */
async function decodeFlac(bytes: Uint8Array, name: string) {
  if (bytes.length < 42) throw refused("a FLAC file", `its first ${bytes.length} bytes`, name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const promised = (bytes[21] & 15) * 2 ** 32 + view.getUint32(22);
  const scale = 2 ** (((bytes[20] & 1) << 4) | (bytes[21] >> 4));
  const content = await decodeSound(bytes, promised) ?? await decoded(bytes, "flac", name);
  const length = content.channelData[0]?.length ?? 0;
  if (length < promised) {
    throw refused(`${promised} samples a channel`, `${length}, a truncated or damaged file`, name);
  }
  for (const channel of content.channelData) {
    for (let i = 0; i < channel.length; i++) channel[i] = (channel[i] * (scale - 1) + WHOLE - WHOLE) / scale;
  }
  return content;
}

let flacDecoder: Promise<FlacDecoder> | undefined;

/**
 * A sound FLAC file by a decoder that is kept: making one takes as long as decoding ten seconds. Nothing where the file names
 * no length or gives less than it names: then the decoder may hold a rest of it, and is given up.
 */
async function decodeSound(bytes: Uint8Array, promised: number) {
  if (promised === 0) return undefined;
  flacDecoder ??= DECODERS.flac().then(({ decoder }) => decoder());
  const decoder = await flacDecoder;
  try {
    const { channelData, sampleRate } = decoder.decode(bytes);
    if (channelData.length > 0 && channelData[0].length === promised) return { channelData, sampleRate };
  } catch {
    // The plain way says what is wrong with the file.
  }
  flacDecoder = undefined;
  decoder.free();
  return undefined;
}

async function decodeMp3(bytes: Uint8Array, name: string) {
  const { frames, promised, mono } = countMp3Frames(bytes);
  // Some encoders count the information frame, some don't.
  if (promised !== undefined && frames + 1 < promised) {
    throw refused(`${promised} MP3 frames`, `${frames}, a truncated or damaged file`, name);
  }
  if (frames < 2) throw refused("an MP3 file", "bytes that only begin like one", name);
  const content = await decoded(bytes, "mp3", name);
  // The decoder makes two channels of one.
  return mono ? { ...content, channelData: content.channelData.slice(0, 1) } : content;
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

async function decoded(bytes: Uint8Array, codec: Codec, name: string) {
  const { default: decode } = await DECODERS[codec]();
  try {
    const { channelData, sampleRate } = await decode(bytes);
    return { channelData, sampleRate };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw refused("audio that can be decoded", reason, name, cause);
  }
}

function refused(expected: string, found: string, where: string, cause?: unknown): DataError {
  return new DataError({ expected, found, where, remedy: "record or copy the file again, or leave it out", cause });
}
