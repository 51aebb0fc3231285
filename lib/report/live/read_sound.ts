import { decodeAudio } from "../../audio/decode_audio.ts";
import { DataError } from "../../errors/mod.ts";

/** One channel of a sound. */
export interface Sound {
  samples: Float32Array;
  /** Hz. */
  sampleRate: number;
}

/** Bytes; an hour of stereo at 48 kHz and 24 bits is just beyond. */
const LARGEST = 1e9;

/** Hz, of what the browser decodes: it resamples all it reads. */
const BROWSER_RATE = 48_000;

/**
 * The sound in a file that was dropped. WAV, FLAC, MP3 and OGG go through the decoders that `deno task predict` uses, so
 * that the samples are the same; what a microphone gives, and nothing else, goes through the browser's own. The bytes
 * decide, not the name.
 *
 * @throws {DataError} with a sentence for the reader.
 */
export async function readSound(file: Blob, name: string): Promise<Sound> {
  if (file.size > LARGEST) {
    throw new DataError({
      expected: "a recording below 1 GB",
      found: `${(file.size / 1e9).toFixed(1)} GB`,
      where: name,
      remedy: "cut out the examination",
    });
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  return isRecorded(bytes) ? await decodeByBrowser(bytes, name) : await decodeAudio(bytes, name);
}

/** Whether it begins as WebM or MP4 do, which browsers record in. */
function isRecorded(bytes: Uint8Array): boolean {
  const text = String.fromCharCode(...bytes.subarray(0, 8));
  return text.startsWith("\x1aE\xdf\xa3") || text.endsWith("ftyp");
}

async function decodeByBrowser(bytes: Uint8Array<ArrayBuffer>, name: string): Promise<Sound> {
  try {
    const decoded = await new OfflineAudioContext(1, 1, BROWSER_RATE).decodeAudioData(bytes.buffer);
    const { numberOfChannels, length, sampleRate } = decoded;
    const samples = new Float32Array(length);
    for (let channel = 0; channel < numberOfChannels; channel++) {
      decoded.getChannelData(channel).forEach((value, i) => samples[i] += value / numberOfChannels);
    }
    return { samples, sampleRate };
  } catch (cause) {
    throw new DataError({
      expected: "a sound that this browser can decode",
      found: "other bytes",
      where: name,
      remedy: "record it again, or convert it to WAV",
      cause,
    });
  }
}
