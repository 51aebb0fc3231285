import { type Chunk, type ChunkForm, chunks } from "./chunks.ts";
import { damage, letters, UnsupportedSound } from "./damage.ts";
import { framesThere, isOpenSize, type PcmFormat, type PcmSound, type StatedData } from "./pcm_sound.ts";
import type { PartOfFile } from "./sound_header.ts";

/** MPEG layer III frames in the data chunk: another decoder's. */
export interface Mp3InWave {
  mp3: { start: number; end: number };
}

const PCM = 1, FLOAT = 3, ALAW = 6, MULAW = 7, MP3 = 0x55, EXTENSIBLE = 0xfffe;

/** Encodings that others read, by their number (mmreg.h). */
const UNSUPPORTED: Record<number, string> = {
  ...{ 2: "Microsoft ADPCM", 17: "IMA ADPCM", 49: "GSM 6.10", 0x50: "MPEG layer I or II" },
  ...{ 0xff: "AAC", 0x161: "Windows Media" },
};

const RIFF: ChunkForm = { nameBytes: 4, sizeBytes: 4, littleEndian: true, align: 2 };
const W64: ChunkForm = { nameBytes: 16, sizeBytes: 8, littleEndian: true, align: 8 };

/**
 * The header of a WAV file: RIFF, RIFX (big-endian), RF64 and BW64 (EBU 3306, ITU-R BS.2088: sizes in a chunk `ds64`) and Wave64.
 *
 * @returns nothing where the part that was read ends before the samples.
 * @throws {DataError} for encodings that aren't read, a truncated or damaged file.
 */
export function waveHeader(part: PartOfFile): PcmSound | Mp3InWave | undefined {
  const { view, start, name } = part;
  const w64 = letters(view, start) === "riff";
  const form = w64 ? W64 : { ...RIFF, littleEndian: letters(view, start) !== "RIFX" };
  let format: PcmFormat | "mp3" | undefined;
  let blockAlign = 0, dataBytes: number | undefined;
  for (const chunk of chunks(view, start + (w64 ? 40 : 12), form)) {
    if (chunk.name === "ds64" && chunk.start + 16 <= view.byteLength) {
      dataBytes = Number(view.getBigInt64(chunk.start + 8, true));
    }
    if (chunk.name === "fmt ") {
      if (chunk.start + 40 > view.byteLength && !part.whole) return undefined;
      format = readFormat(part, chunk, form.littleEndian);
      blockAlign = view.getUint16(chunk.start + 12, form.littleEndian);
    }
    if (chunk.name !== "data") continue;
    if (format === undefined) throw damage("a format chunk before the data", "none", name);
    // Not filled in yet, it is 0 or -1 there as well.
    const elsewhere = chunk.size === 0xffffffff && dataBytes !== undefined && dataBytes > 0;
    const size = elsewhere ? dataBytes! : chunk.size;
    const data = { start: chunk.start, size, end: part.end, open: false };
    data.open = (w64 ? size <= 0 : !elsewhere && isOpenSize(size)) && !isFollowed(part, chunk, form);
    if (data.open && !part.whole) return undefined; // tags may stand at the end
    if (data.open) data.end = beforeChunks(part, data.start);
    if (format === "mp3") {
      return { mp3: { start: data.start, end: data.open ? data.end : Math.min(data.end, data.start + size) } };
    }
    const end = data.open ? data.end : data.start + size;
    const width = sampleWidth(part, { format, blockAlign, start: data.start, end });
    return width && withData(part, { ...format, ...width }, data);
  }
  if (!part.whole) return undefined;
  throw damage("a WAV file with a data chunk", `${view.byteLength} bytes without one`, name);
}

/** The format with its samples counted. */
export function withData({ name }: PartOfFile, format: PcmFormat, data: StatedData): PcmSound {
  if (data.start > data.end) throw damage("samples", "a header that ends behind the file, a damaged file", name);
  const frameBytes = format.width * format.channels;
  const frames = framesThere(data, frameBytes);
  if (frames !== undefined) return { ...format, frames, start: data.start };
  const seconds = (bytes: number) => `${(Math.floor(bytes / frameBytes) / format.sampleRate).toFixed(2)} s`;
  const found = `${seconds(Math.max(0, data.end - data.start))}, a truncated file`;
  throw damage(`${seconds(data.size)} of samples`, found, name);
}

function readFormat({ view, name }: PartOfFile, { start, size }: Chunk, littleEndian: boolean): PcmFormat | "mp3" {
  if (size < 16 || start + size > view.byteLength) {
    throw damage("a format chunk of 16 bytes or more", `${Math.min(size, view.byteLength - start)} bytes`, name);
  }
  const declared = view.getUint16(start, littleEndian);
  // The first two bytes of the sub-format identifier are the tag of the plain format.
  const tag = declared === EXTENSIBLE && size >= 40 ? view.getUint16(start + 24, littleEndian) : declared;
  const channels = view.getUint16(start + 2, littleEndian);
  const sampleRate = view.getUint32(start + 4, littleEndian);
  const bits = view.getUint16(start + 14, littleEndian);
  if (tag === MP3) return "mp3";
  const encoding = encodingOf(tag, bits);
  if (encoding) return { channels, sampleRate, bits, encoding, littleEndian, width: Math.ceil(bits / 8), notes: [] };
  const found = UNSUPPORTED[tag] ? `${UNSUPPORTED[tag]} in a WAV file` : `${bits} bits in WAV format ${tag}`;
  throw new UnsupportedSound(found, name);
}

function encodingOf(tag: number, bits: number): PcmFormat["encoding"] | undefined {
  if (tag === PCM && bits >= 1 && bits <= 32) return bits <= 8 ? "unsigned" : "integer";
  if (tag === FLOAT && (bits === 32 || bits === 64)) return "float";
  if (bits === 8) return ({ [ALAW]: "alaw", [MULAW]: "mulaw" } as const)[tag];
  return undefined;
}

/** Words with a sound in them that tell in how many bytes a sample stands. */
const TELLING = 64;

/**
 * A sample stands in as few bytes as hold its bits, whatever the block alignment says: SPRSound's headers say 4 bytes for 16-bit
 * mono. It is right about 4 bytes where one half or quarter of each is nothing but zeros, or nothing but the sign: 24 bits
 * (`S24_LE` of ALSA, and with the low byte empty), and 16 that some recorders keep in 32.
 *
 * @returns nothing where the part that was read holds too little sound to tell.
 */
function sampleWidth(
  { view, whole, end: fileEnd }: PartOfFile,
  { format, blockAlign, start, end: dataEnd }: { format: PcmFormat; blockAlign: number; start: number; end: number },
): Pick<PcmFormat, "width" | "notes"> | undefined {
  const { channels, bits, width } = format;
  if (blockAlign === channels * width) return { width, notes: [] };
  if (bits > 8 && bits <= 24 && blockAlign === 4 * channels) {
    const end = Math.min(dataEnd, fileEnd);
    const padded = isPadded(view, { start, end, littleEndian: format.littleEndian, bits });
    if (padded.heard < TELLING && padded.fits && !whole) return undefined;
    if (padded.fits && (padded.heard > TELLING / 4 || bits > 16)) return { width: 4, notes: [] };
  }
  const note = `says a block alignment of ${blockAlign} in its header, ${channels * width} is right`;
  return { width, notes: [`${note}; it is read by the right one`] };
}

/** Whether every four bytes hold one sample, with the rest empty below it or with its sign above, and how many told. */
function isPadded(
  view: DataView,
  { start, end, littleEndian, bits }: { start: number; end: number; littleEndian: boolean; bits: number },
): { fits: boolean; heard: number } {
  const rest = bits > 16 ? 8 : 16;
  let high = true, low = true, heard = 0;
  const last = Math.min(view.byteLength, end) - 4;
  for (let at = start; at <= last && heard < TELLING && (high || low); at += 4) {
    const word = view.getInt32(at, littleEndian);
    if (word === 0 || word === -1) continue; // silence is nothing but zeros anyway
    heard++;
    if (word << (32 - rest) !== 0) high = false;
    if (word << rest >> rest !== word) low = false;
  }
  return { fits: high || low, heard };
}

/** Chunks that stand behind samples. */
const BEHIND = /^(LIST|id3 |ID3 |bext|cue |smpl|fact|PEAK|afsp|iXML)$/;

/** How far from the end of the file such a chunk may begin, bytes. */
const REACH = 65536;

/** The end of samples whose size was never filled in: the first chunk behind them from which chunks lead to the very end. */
function beforeChunks({ view, end }: PartOfFile, start: number): number {
  for (let at = Math.max(start, end - REACH); at + 8 <= end; at++) {
    if (!BEHIND.test(letters(view, at))) continue;
    let last = at;
    for (const chunk of chunks(view, at, RIFF)) last = chunk.start + chunk.size;
    if (last === end || last + 1 === end) return at;
  }
  return end;
}

/** Whether the data are truly empty: another chunk follows that reaches to the end. */
function isFollowed({ view, end }: PartOfFile, { start, size }: Chunk, form: ChunkForm): boolean {
  if (size !== 0) return false;
  for (const next of chunks(view, start, form)) {
    return next.start + next.size + 1 >= end && next.start + next.size <= end;
  }
  return false;
}
