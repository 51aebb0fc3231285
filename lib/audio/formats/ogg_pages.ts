import { checksum } from "./checksum.ts";
import { damage, letters } from "./damage.ts";

/** A page of an OGG stream (RFC 3533, 6). */
export interface OggPage {
  bytes: Uint8Array;
  /** Position of the stream behind the page, in the codec's samples; nothing where no packet ends on it. */
  granule?: number;
  /** Whether it's the last of its stream. */
  last: boolean;
  /** How many of the packets end on it. */
  packets: number;
}

/** The first stream of sound in an OGG file. */
export interface OggStream {
  pages: OggPage[];
  packets: Uint8Array[];
}

const crc32 = checksum(0x04c11db7);

/**
 * Cuts an OGG file into pages and the first stream's packets. Each page has its checksum and its turn; the file ends with a whole
 * page, whether or not that bears the flag of the last: many recorders never set it.
 *
 * @throws {DataError} for damage, with where it lies.
 */
export function oggStream(bytes: Uint8Array, name: string): OggStream {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pages: OggPage[] = [], packets: Uint8Array[] = [];
  let open: Uint8Array[] = [];
  let serial: number | undefined, turn = 0, granule = 0;
  for (let at = 0, end = 0; at < bytes.length; at = end) {
    end = pageEnd(bytes, at);
    if (end === 0 && letters(bytes, at) !== "OggS") throw broken("other bytes than a page", at);
    if (end === 0) {
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
    const position = Number(view.getBigInt64(at + 6, true));
    if (packets.length > before && position >= 0) {
      if (position < granule) throw broken("a page that goes back in time", at);
      granule = position;
    }
    const ends = packets.length > before && position >= 0 ? position : undefined;
    pages.push({
      bytes: bytes.subarray(at, end),
      granule: ends,
      last: (flags & 4) !== 0,
      packets: packets.length - before,
    });
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
export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
