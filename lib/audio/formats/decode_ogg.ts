import { checkSoundSize } from "../sound_limits.ts";
import { UnsupportedSound } from "../unsupported_sound.ts";
import { damage, letters, undecodable } from "./damage.ts";
import { decodeFlacFrames } from "./decode_flac.ts";
import { decodeOpus, packetSamples } from "./decode_opus.ts";
import { flacFramesOf, flacInfo, isOggFlac } from "./flac_frames.ts";
import { gather } from "./gather.ts";
import { joined, type OggPage, type OggStream, oggStream } from "./ogg_pages.ts";

/** The samples of an OGG file: Opus, Vorbis or FLAC. */
export async function decodeOgg(
  bytes: Uint8Array,
  name: string,
): Promise<{ channelData: Float32Array[]; sampleRate: number }> {
  const stream = oggStream(bytes, name);
  const head = stream.packets[0] ?? new Uint8Array();
  if (letters(head, 0, 8) === "OpusHead") {
    return await decodeOpus({ head, packets: stream.packets.slice(2), end: opusEnd(stream, name) }, name);
  }
  if (isOggFlac(head)) return await decodeFlacPackets(stream, name);
  if (letters(head, 0, 7) === "\x01vorbis") return await decodeVorbis(stream, head, name);
  throw new UnsupportedSound(
    letters(head, 0, 5) === "Speex" ? "Speex in an OGG file" : "another sound in an OGG file",
    name,
  );
}

/** Where the sound ends, by the last granule; a stream that was cut out of a longer one doesn't begin at 0 (RFC 7845, 4.3). */
function opusEnd({ pages, packets }: OggStream, name: string): number | undefined {
  const sound = pages.filter(({ granule, packets }) => granule !== undefined && packets > 0).slice(2);
  const last = sound.at(-1);
  if (!last) return undefined;
  const first = sound[0];
  const own = packets.slice(2, 2 + first.packets).reduce((sum, packet) => sum + packetSamples(packet, name), 0);
  const beginning = first === last ? 0 : Math.max(0, first.granule! - own);
  return last.granule! - beginning;
}

async function decodeFlacPackets({ packets }: OggStream, name: string) {
  // The first packet holds 9 bytes, then what a FLAC file begins with.
  const head = packets[0].subarray(9);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const info = flacInfo({ view, start: 0, end: head.length, whole: true, name })!;
  checkSoundSize(info, name);
  const frames = packets.filter((packet) => packet[0] === 0xff);
  return {
    channelData: await decodeFlacFrames(flacFramesOf(frames, info, name), info, name),
    sampleRate: info.sampleRate,
  };
}

async function decodeVorbis({ pages }: OggStream, head: Uint8Array, name: string) {
  if (head.length < 30) throw damage("a Vorbis stream's head", "other bytes", name);
  const sampleRate = new DataView(head.buffer, head.byteOffset).getUint32(12, true), channels = head[11];
  const last = pages.findLast(({ granule }) => granule !== undefined)?.granule ?? 0;
  checkSoundSize({ sampleRate, channels, frames: last }, name);
  const { decoder } = await import("@audio/decode-vorbis");
  const vorbis = await decoder();
  // Behind the last granule lies what the encoder put there to fill a block.
  const gathered = gather(channels, last);
  try {
    for (const bytes of batches(pages)) {
      gathered.add(vorbis.decode(bytes).channelData);
      checkSoundSize({ sampleRate, channels, frames: gathered.count }, name);
    }
    gathered.add(vorbis.flush().channelData);
  } catch (cause) {
    throw undecodable(cause, name);
  } finally {
    vorbis.free();
  }
  return { channelData: gathered.channelData(), sampleRate };
}

/** Pages enough to be worth a call. */
function* batches(pages: readonly OggPage[]): Generator<Uint8Array> {
  for (let k = 0; k < pages.length; k += 16) yield joined(pages.slice(k, k + 16).map(({ bytes }) => bytes));
}
