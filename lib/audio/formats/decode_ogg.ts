import { checkSoundSize } from "../sound_limits.ts";
import { checksum } from "./checksum.ts";
import { damage, letters, undecodable, UnsupportedSound } from "./damage.ts";
import { decodeFlacFrames } from "./decode_flac.ts";
import { decodeOpus, packetSamples } from "./decode_opus.ts";
import { flacFramesOf, flacInfo } from "./flac_frames.ts";
import { gather } from "./gather.ts";

/** A page of an OGG stream (RFC 3533, 6). */
interface OggPage {
  bytes: Uint8Array;
  /** Position of the stream behind the page, in the codec's samples; nothing where no packet ends on it. */
  granule?: number;
  /** Whether it's the last of its stream. */
  last: boolean;
  /** How many of the packets end on it. */
  packets: number;
}

/** The first stream of sound in an OGG file. */
type OggStream = { pages: OggPage[]; packets: Uint8Array[] };

/** The samples of an OGG file: Opus, Vorbis or FLAC. */
export async function decodeOgg(bytes: Uint8Array, name: string) {
  const stream = oggStream(bytes, name);
  const head = stream.packets[0] ?? new Uint8Array();
  if (letters(head, 0, 8) === "OpusHead") {
    return await decodeOpus({ head, packets: stream.packets.slice(2), end: opusEnd(stream, name) }, name);
  }
  // RFC 9639, 10.1.
  if (letters(head, 0, 5) === "\x7fFLAC" && letters(head, 9) === "fLaC") return await decodeFlacPackets(stream, name);
  if (letters(head, 0, 7) === "\x01vorbis") return await decodeVorbis(stream, head, name);
  throw new UnsupportedSound(`${letters(head, 0, 5) === "Speex" ? "Speex" : "another sound"} in an OGG file`, name);
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
  const frames = flacFramesOf(packets.filter((packet) => packet[0] === 0xff), info, name);
  return { channelData: await decodeFlacFrames(frames, info, name), sampleRate: info.sampleRate };
}

/** Pages enough to be worth a call. */
const AT_ONCE = 16;

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
    for (let k = 0; k < pages.length; k += AT_ONCE) {
      const bytes = joined(pages.slice(k, k + AT_ONCE).map(({ bytes }) => bytes));
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

const crc32 = checksum(0x04c11db7);

/**
 * Cuts an OGG file into pages and the first stream's packets. Each page has its checksum and its turn; the file ends with a whole
 * page, whether or not that bears the flag of the last: many recorders never set it.
 *
 * @throws {DataError} for damage, with where it lies.
 */
function oggStream(bytes: Uint8Array, name: string): OggStream {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pages: OggPage[] = [], packets: Uint8Array[] = [];
  let open: Uint8Array[] = [];
  let serial: number | undefined, turn = 0, granule = 0;
  for (let at = 0, end = 0; at < bytes.length; at = end) {
    end = pageEnd(bytes, at);
    if (end === 0) {
      if (letters(bytes, at) !== "OggS") throw broken("other bytes than a page", at);
      throw damage("an OGG file with a last page", `${bytes.length} bytes without one, a truncated file`, name);
    }
    if (pageChecksum(bytes, at, end) !== view.getInt32(at + 22, true)) throw broken("a page with a wrong checksum", at);
    const own = view.getUint32(at + 14, true), flags = bytes[at + 5];
    if (flags & 2 && (serial === undefined || own === serial || pages.at(-1)?.last)) {
      if (pages.at(-1)?.last) throw damage("one sound", "several, one after the other", name);
      if (isSound(bytes, at)) [serial, turn] = [own, view.getUint32(at + 18, true)];
    }
    if (own !== serial) continue; // a picture, a skeleton
    if (view.getUint32(at + 18, true) !== turn++) throw broken("a page out of turn", at);
    const before = packets.length;
    open = takePackets(bytes, at, { packets, open });
    const position = Number(view.getBigInt64(at + 6, true)), ended = packets.length - before;
    const ends = ended > 0 && position >= 0 ? position : undefined;
    if (ends !== undefined && ends < granule) throw broken("a page that goes back in time", at);
    granule = ends ?? granule;
    pages.push({ bytes: bytes.subarray(at, end), granule: ends, last: (flags & 4) !== 0, packets: ended });
  }
  if (pages.length > 0) return { pages, packets };
  throw damage("an OGG file with sound in Opus, Vorbis or FLAC", "another stream", name);

  function broken(found: string, at: number) {
    return damage("whole OGG pages", `${found} at byte ${at}, a damaged file`, name);
  }
}

/** Behind the page that begins at an offset; 0 where none does, or none that is whole. */
function pageEnd(bytes: Uint8Array, at: number): number {
  if (letters(bytes, at, 5) !== "OggS\0" || at + 27 > bytes.length) return 0;
  let end = at + 27 + bytes[at + 26];
  if (end > bytes.length) return 0;
  for (let k = at + 27; k < at + 27 + bytes[at + 26]; k++) end += bytes[k];
  return end <= bytes.length ? end : 0;
}

/** Over the page with its own field as zeros. */
function pageChecksum(bytes: Uint8Array, at: number, end: number): number {
  return crc32(bytes, at + 26, end, crc32(new Uint8Array(4), 0, 4, crc32(bytes, at, at + 22)));
}

function isSound(bytes: Uint8Array, at: number): boolean {
  const head = letters(bytes, at + 27 + bytes[at + 26], 8);
  return ["OpusHead", "\x01vorbis", "\x7fFLAC", "Speex"].some((name) => head.startsWith(name));
}

/** The packets that end on a page are added; the beginning of one that goes on behind it is given back. */
function takePackets(
  bytes: Uint8Array,
  at: number,
  { packets, open }: { packets: Uint8Array[]; open: Uint8Array[] },
): Uint8Array[] {
  let from = at + 27 + bytes[at + 26], length = 0;
  for (let k = at + 27; k < at + 27 + bytes[at + 26]; k++) {
    length += bytes[k];
    if (bytes[k] === 255) continue;
    open.push(bytes.subarray(from, from + length));
    packets.push(open.length === 1 ? open[0] : joined(open));
    [open, from, length] = [[], from + length, 0];
  }
  if (length > 0) open.push(bytes.subarray(from, from + length));
  return open;
}

/** Pieces one after the other. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
