import { firstBeyond } from "./check_samples.ts";
import { damage } from "./formats/damage.ts";
import { decodeFlac } from "./formats/decode_flac.ts";
import { decodeMp3 } from "./formats/decode_mp3.ts";
import { decodeOgg } from "./formats/decode_ogg.ts";
import { decodeOpus } from "./formats/decode_opus.ts";
import type { FlacInfo } from "./formats/flac_frames.ts";
import { mixDown } from "./mix_down.ts";
import type { PcmSound } from "./formats/pcm_sound.ts";
import { readPcm } from "./formats/read_pcm.ts";
import { soundHeader } from "./formats/sound_header.ts";
import { type SoundKind, soundKind } from "./formats/sound_kind.ts";
import { webmPackets } from "./formats/webm_packets.ts";
import { checkFileSize } from "./sound_limits.ts";

/** A sound as Auscult works with it: one channel. */
export interface Recording {
  /** `[n]`, the mean of the channels that hold sound, in [-1, 1] unless the file holds floats beyond it. */
  samples: Float32Array;
  /** Hz. */
  sampleRate: number;
  channels: number;
  /** Seconds. */
  duration: number;
  /** Kind of file: `"wav"`, `"flac"`, `"mp3"`, `"ogg"`, `"aiff"`, `"caf"`, `"au"`, `"w64"`, `"webm"`. */
  format: string;
  /** What is odd about the file and was read all the same, each the end of a sentence that begins with its name: warnings. */
  notes: string[];
}

/** Some write the numbers of 32 bits as floats; what is larger than those is damage, and makes filters overflow. */
const LOUDEST = 1e10;

export interface DecodeAudioOptions {
  /** Whether FLAC's MD5 is compared too, an eighth of the time; its frames' checksums always are. @default {true} */
  md5?: boolean;
}

/**
 * The sound in the bytes of a file: WAV (also RF64, BW64, RIFX, Wave64, and MP3 within), AIFF and AIFC, CAF and AU, uncompressed;
 * FLAC, MP3, OGG (Opus, Vorbis, FLAC) and WebM (Opus). Tags before and behind it are passed over. No file access: it runs in the
 * browser as well.
 *
 * Damage that a format can show is refused: checksums of FLAC and OGG, an MD5, lengths that contradict each other. MP3 and WebM
 * have no checksums of their sound: what changed within a frame is not seen.
 *
 * @param name Name of the file, for the message; the bytes alone decide on the format.
 * @throws {DataError} for bytes that are no audio, a kind that isn't read (named, with the command that converts it), a truncated
 * or damaged file, a sound beyond `soundLimits`, no samples, NaN, infinite or absurdly large samples.
 *
 * @example What was encoded comes back
 * ```ts
 * import { expect } from "expect";
 * import { decodeAudio, encodeWav } from "./mod.ts";
 * const bytes = encodeWav(new Float32Array(4000).fill(0.5), { sampleRate: 4000 });
 * expect(await decodeAudio(bytes, "a.wav")).toMatchObject({ sampleRate: 4000, channels: 1, duration: 1, format: "wav" });
 * ```
 */
export async function decodeAudio(
  bytes: Uint8Array,
  name: string,
  options: DecodeAudioOptions = {},
): Promise<Recording> {
  if (bytes.length === 0) throw damage("an audio file", "an empty file", name);
  checkFileSize(bytes.length, name);
  const { channelData, sampleRate, format, finite = false, notes = [] } = await decode(bytes, name, options);
  const mixed = mixDown(channelData), { samples } = mixed;
  if (samples.length === 0) throw damage("at least one sample", "none", name);
  const bad = finite ? -1 : firstBeyond(samples, LOUDEST);
  if (bad >= 0) {
    const expected = Number.isFinite(samples[bad]) ? `samples of at most ${LOUDEST}` : "finite samples";
    throw damage(expected, `${samples[bad]} at ${(bad / sampleRate).toFixed(3)} s`, name);
  }
  const duration = samples.length / sampleRate;
  return { samples, sampleRate, channels: channelData.length, duration, format, notes: [...notes, ...mixed.notes] };
}

interface Decoded {
  channelData: Float32Array[];
  sampleRate: number;
  format: SoundKind | "wav";
  /** Whether the samples were whole numbers. */
  finite?: boolean;
  notes?: string[];
}

async function decode(bytes: Uint8Array, name: string, { md5 = true }: DecodeAudioOptions): Promise<Decoded> {
  const { kind, start, end } = soundKind(bytes, name);
  const sound = bytes.subarray(start, end);
  if (kind === "ogg") return { ...await decodeOgg(sound, name), format: kind };
  if (kind === "mp3") return { ...await decodeMp3(sound, name), format: kind };
  if (kind === "webm") return { ...await decodeOpus(webmPackets(sound, name), name), format: kind };
  const view = new DataView(bytes.buffer, bytes.byteOffset, end);
  const header = soundHeader(kind, { view, start, end, whole: true, name })!;
  if ("mp3" in header) {
    return { ...await decodeMp3(bytes.subarray(header.mp3.start, header.mp3.end), name), format: "wav" };
  }
  const { sampleRate } = header;
  if (kind === "flac") {
    const info = header as FlacInfo;
    const channelData = await decodeFlac(bytes.subarray(0, end), md5 ? info : { ...info, md5: undefined }, name);
    return { channelData, sampleRate, format: kind, finite: true };
  }
  const pcm = header as PcmSound, format = kind === "wave" ? "wav" : kind;
  return { channelData: readPcm(bytes, pcm), sampleRate, format, finite: pcm.encoding !== "float", notes: pcm.notes };
}
