import { decodeAudio } from "../../audio/decode_audio.ts";
import { adtsSound, mp4Sounds } from "../../audio/formats/mp4_sounds.ts";
import { UnsupportedSound } from "../../audio/formats/damage.ts";
import { mixDown } from "../../audio/mix_down.ts";
import { checkFileSize, checkSoundSize } from "../../audio/sound_limits.ts";

/** One channel of a sound. */
export interface Sound {
  samples: Float32Array;
  /** Hz. */
  sampleRate: number;
}

/** Hz, of what the browser decodes: it resamples all it reads. */
const BROWSER_RATE = 48_000;

/**
 * The sound in a file that was dropped, by the decoders that `deno task predict` uses, so that the samples are the same. What
 * those name and don't read, as M4A, goes through the browser's own. The bytes decide, not the name.
 *
 * @throws {DataError} with a sentence for the reader.
 */
export async function readSound(file: Blob, name: string): Promise<Sound> {
  checkFileSize(file.size, name);
  const bytes = new Uint8Array(await file.arrayBuffer());
  try {
    return await decodeAudio(bytes, name);
  } catch (error) {
    if (!(error instanceof UnsupportedSound)) throw error;
    return await decodeByBrowser(bytes, name, error);
  }
}

/** A browser's decoder can't be stopped, so it gets only what can't become too long, whatever the file states. */
async function decodeByBrowser(bytes: Uint8Array<ArrayBuffer>, name: string, unread: UnsupportedSound): Promise<Sound> {
  const aac = adtsSound(bytes);
  const sizes = aac ? [aac] : mp4Sounds(bytes);
  if (!sizes) throw unread;
  for (const { sampleRate, channels, frames = 0 } of sizes) {
    checkSoundSize({ sampleRate: BROWSER_RATE, channels, frames: frames * BROWSER_RATE / sampleRate }, name);
  }
  const decoded = await new OfflineAudioContext(1, 1, BROWSER_RATE).decodeAudioData(bytes.buffer).catch(() => {
    throw unread;
  });
  const { numberOfChannels: channels, sampleRate } = decoded;
  const { samples } = mixDown(Array.from({ length: channels }, (_, channel) => decoded.getChannelData(channel)));
  return { samples, sampleRate };
}
