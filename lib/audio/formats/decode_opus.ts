import type { OpusOptions, OpusPacketDecoder } from "@audio/decode-opus/core";
import { checkSoundSize } from "../sound_limits.ts";
import { damage, letters } from "./damage.ts";
import { gather } from "./gather.ts";

/** Opus packets as a container holds them. */
export interface OpusStream {
  /** `OpusHead` (RFC 7845, 5.1). */
  head: Uint8Array;
  packets: Uint8Array[];
  /** Samples a channel from the beginning that was decoded to where the sound ends; all there are without it. */
  end?: number;
  /** Samples at the end that are no sound. */
  discard?: number;
}

/** Hz: Opus is always decoded to it. */
const SAMPLE_RATE = 48_000;

/** Packets that are decoded at once: ten seconds. */
const AT_ONCE = 500;

let made: Promise<OpusPacketDecoder> | undefined;

/** The samples of Opus packets. What the encoder put before and behind the sound is cut off. */
export async function decodeOpus({ head, packets, end = Infinity, discard = 0 }: OpusStream, name: string) {
  const options = readHead(head, name);
  const { channels, preSkip = 0 } = options;
  const samples = packets.reduce((sum, packet) => sum + packetSamples(packet, name), 0);
  const frames = Math.min(samples, end) - preSkip - discard;
  if (frames <= 0) throw damage("at least one sample", "none", name);
  checkSoundSize({ sampleRate: SAMPLE_RATE, channels, frames: samples }, name);
  made ??= import("@audio/decode-opus/core").then(({ createOpusDecoder }) => createOpusDecoder());
  const decoder = await made;
  const gathered = gather(channels, frames);
  try {
    decoder.configure(options);
    for (let k = 0; k < packets.length; k += AT_ONCE) {
      const decoded = decoder.decodeFrames(packets.slice(k, k + AT_ONCE));
      if (decoded.errors.length > 0) throw new Error(decoded.errors[0].message);
      gathered.add(decoded.channelData);
    }
  } catch (cause) {
    made = undefined;
    const found = cause instanceof Error ? cause.message : String(cause);
    const at = `${(gathered.count / SAMPLE_RATE).toFixed(2)} s`;
    throw damage("Opus packets", `${found} after ${at}, a damaged file`, name, cause);
  } finally {
    decoder.unconfigure();
  }
  return { channelData: gathered.channelData(), sampleRate: SAMPLE_RATE };
}

function readHead(head: Uint8Array, name: string): OpusOptions {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const channels = head[9], family = head[18];
  const length = family === 0 ? 19 : 21 + channels;
  if (letters(head, 0, 8) !== "OpusHead" || head[8] >> 4 !== 0 || head.length < length || channels === 0) {
    throw damage("an Opus stream's head", "other bytes", name);
  }
  const own = { channels, preSkip: view.getUint16(10, true), outputGain: view.getInt16(16, true) };
  if (family === 0) return own;
  const channelMappingTable = head.slice(21, 21 + channels);
  return { ...own, streamCount: head[19], coupledStreamCount: head[20], channelMappingTable };
}

/** Samples a channel of a packet by its first bytes (RFC 6716, 3.1): tenths of a millisecond by configuration, and how many frames. */
export function packetSamples(packet: Uint8Array, name: string): number {
  const configuration = packet[0] >> 3, count = packet[0] & 3;
  const [longest, ...others] = [[100, 200, 400, 600], [100, 200, 100, 200], [25, 50, 100, 200]];
  const tenths = (configuration < 12 ? longest : others[configuration < 16 ? 0 : 1])[configuration & 3];
  const frames = count === 3 ? packet[1] & 63 : count === 0 ? 1 : 2;
  const samples = tenths * frames * SAMPLE_RATE / 10_000;
  if (samples > 0 && samples <= 0.12 * SAMPLE_RATE) return samples;
  throw damage("Opus packets of up to 120 ms", packet.length === 0 ? "an empty one" : "another", name);
}
