import { decodeAudio } from "../../audio/decode_audio.ts";
import { isWav } from "../../audio/decode_wav.ts";
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
 * The sound in a file that was dropped. WAV goes through the code that `deno task predict` uses, so that the samples are
 * the same; MP3, OGG, FLAC and what a microphone gives go through the browser's own decoder. The bytes decide, not the name.
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
  if (bytes.length === 0 || isWav(bytes)) return await decodeAudio(bytes, name);
  try {
    const { numberOfChannels, length, sampleRate, getChannelData } = bindChannels(
      await new OfflineAudioContext(1, 1, BROWSER_RATE).decodeAudioData(bytes.buffer),
    );
    const samples = new Float32Array(length);
    for (let channel = 0; channel < numberOfChannels; channel++) {
      getChannelData(channel).forEach((value, i) => samples[i] += value / numberOfChannels);
    }
    return { samples, sampleRate };
  } catch (cause) {
    throw new DataError({
      expected: "a sound file (WAV, FLAC, MP3, OGG)",
      found: "bytes that this browser can't decode",
      where: name,
      remedy: "record it again, or convert it to WAV",
      cause,
    });
  }
}

function bindChannels(buffer: AudioBuffer) {
  const { numberOfChannels, length, sampleRate } = buffer;
  return { numberOfChannels, length, sampleRate, getChannelData: (channel: number) => buffer.getChannelData(channel) };
}
