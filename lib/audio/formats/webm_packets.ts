import { damage, letters, UnsupportedSound } from "./damage.ts";
import type { OpusStream } from "./decode_opus.ts";

/** Elements by their identifier (RFC 9559): those that hold others are walked into, of the rest these are read. */
const HOLDERS = new Set([0x18538067, 0x1654ae6b, 0xae, 0x1f43b675, 0xa0]);
const CODEC = 0x86, PRIVATE = 0x63a2, TRACK = 0xd7, SIMPLE_BLOCK = 0xa3, BLOCK = 0xa1, DISCARD = 0x75a2, ENTRY = 0xae;

/** Names of codecs for the reader. */
const CODECS: Record<string, string> = { A_VORBIS: "Vorbis", A_AAC: "AAC", A_FLAC: "FLAC" };

/**
 * The packets of the first Opus track in a WebM or Matroska file, as browsers record. The container has no checksums; that it was
 * cut off shows where an element ends behind the file.
 *
 * @throws {DataError} for another codec, laced blocks, a truncated or damaged file.
 */
export function webmPackets(bytes: Uint8Array, name: string): OpusStream {
  const codecs: string[] = [], packets: Uint8Array[] = [];
  let head: Uint8Array | undefined, track: number | undefined;
  let entry: { number?: number; codec?: string; head?: Uint8Array } = {}, discard = 0;
  for (let at = 0; at < bytes.length;) {
    const id = variable(bytes, at, { marked: true });
    const size = variable(bytes, at + id.length, { marked: false });
    const start = at + id.length + size.length;
    const isThere = id.length > 0 && size.length > 0;
    if (!isThere) throw damage("a WebM file", `other bytes at byte ${at}, a damaged file`, name);
    if (HOLDERS.has(id.value)) {
      if (id.value === ENTRY) entry = {};
      at = start;
      continue;
    }
    at = start + size.value;
    if (!(at <= bytes.length)) {
      throw damage("a WebM file with its end", `its first ${bytes.length} bytes, a truncated file`, name);
    }
    const content = bytes.subarray(start, at);
    if (id.value === TRACK) entry.number = content.at(-1);
    if (id.value === CODEC) codecs.push(entry.codec = letters(content, 0, content.length));
    if (id.value === PRIVATE) entry.head = content;
    if (track === undefined && entry.codec === "A_OPUS" && entry.head && entry.number) {
      [track, head] = [entry.number, entry.head];
    }
    if (id.value === DISCARD && content.length <= 8) discard = content.reduce((sum, byte) => sum * 256 + byte, 0);
    const isBlock = id.value === SIMPLE_BLOCK || id.value === BLOCK;
    if (!isBlock || content.length < 4 || content[0] !== (track ?? 0) + 128) continue;
    if (content[3] & 6) throw new UnsupportedSound("a WebM file with laced blocks", name);
    packets.push(content.subarray(4));
  }
  const audio = codecs.find((codec) => codec.startsWith("A_")) ?? "no sound";
  if (!head) throw new UnsupportedSound(`a WebM or Matroska file with ${CODECS[audio] ?? JSON.stringify(audio)}`, name);
  return { head, packets, discard: Math.round(discard * 48e-6) };
}

/** A number whose length stands in its leading zeros; an identifier keeps its mark. All ones mean "not known". */
function variable(bytes: Uint8Array, at: number, { marked }: { marked: boolean }): { value: number; length: number } {
  const length = Math.clz32(bytes[at] << 24) + 1;
  if (!(length <= (marked ? 4 : 8)) || at + length > bytes.length) return { value: 0, length: 0 };
  let value = marked ? bytes[at] : bytes[at] & 255 >> length;
  let unknown = value === 255 >> length;
  for (let k = 1; k < length; k++) {
    value = value * 256 + bytes[at + k];
    unknown &&= bytes[at + k] === 255;
  }
  return { value: !marked && unknown ? Infinity : value, length };
}
