import { checkSoundSize } from "../sound_limits.ts";
import { undecodable } from "./damage.ts";
import { gather } from "./gather.ts";
import { mp3Stream } from "./mp3_frames.ts";

/** Bytes that are decoded at once. */
const AT_ONCE = 1 << 18;

/** The samples of an MP3 stream. */
export async function decodeMp3(
  bytes: Uint8Array,
  name: string,
): Promise<{ channelData: Float32Array[]; sampleRate: number }> {
  const stream = mp3Stream(bytes, name);
  const { sampleRate, channels, samples } = stream;
  checkSoundSize({ sampleRate, channels, frames: samples }, name);
  const { decoder } = await import("@audio/decode-mp3");
  const mpg123 = await decoder();
  const gathered = gather(channels, samples);
  try {
    // The decoder makes two channels of one.
    for (let at = 0; at < stream.bytes.length; at += AT_ONCE) {
      gathered.add(mpg123.decode(stream.bytes.subarray(at, at + AT_ONCE)).channelData.slice(0, channels));
    }
  } catch (cause) {
    throw undecodable(cause, name);
  } finally {
    mpg123.free();
  }
  return { channelData: gathered.channelData(), sampleRate };
}
