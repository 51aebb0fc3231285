import { checkSoundSize } from "../sound_limits.ts";
import { undecodable } from "./damage.ts";
import { mp3Stream } from "./mp3_frames.ts";

/** The samples of an MP3 stream. */
export async function decodeMp3(
  bytes: Uint8Array,
  name: string,
): Promise<{ channelData: Float32Array[]; sampleRate: number }> {
  const stream = mp3Stream(bytes, name);
  const { sampleRate, channels, samples } = stream;
  checkSoundSize({ sampleRate, channels, frames: samples }, name);
  const { default: decode } = await import("@audio/decode-mp3");
  try {
    const { channelData } = await decode(stream.bytes);
    // The decoder makes two channels of one.
    return { channelData: channelData.slice(0, channels), sampleRate };
  } catch (cause) {
    throw undecodable(cause, name);
  }
}
