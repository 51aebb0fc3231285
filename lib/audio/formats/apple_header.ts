import { chunks } from "./chunks.ts";
import { damage, letters, UnsupportedSound } from "./damage.ts";
import { isOpenSize, type PcmFormat, type PcmSound } from "./pcm_sound.ts";
import type { PartOfFile } from "./sound_header.ts";
import { withData } from "./wave_header.ts";

/** How AIFC names encodings: how samples are written, and whether the lowest byte is first. */
const AIFC: Record<string, [PcmFormat["encoding"], littleEndian?: boolean]> = {
  ...{ "NONE": ["integer"], "twos": ["integer"], "sowt": ["integer", true], "in24": ["integer"], "in32": ["integer"] },
  ...{ "42ni": ["integer", true], "42n1": ["integer", true], "23ni": ["integer", true], "raw ": ["unsigned"] },
  ...{ "fl32": ["float"], "FL32": ["float"], "fl64": ["float"], "FL64": ["float"] },
  ...{ "ulaw": ["mulaw"], "ULAW": ["mulaw"], "alaw": ["alaw"], "ALAW": ["alaw"] },
};

/** The header of an AIFF or AIFC file (Apple 1989, 1991). Nothing where the part that was read ends before the samples. */
export function aiffHeader(part: PartOfFile): PcmSound | undefined {
  const { view, start, name } = part;
  let format: PcmFormat | undefined, frames = 0;
  let data: { start: number; size: number } | undefined;
  for (const chunk of chunks(view, start + 12, { nameBytes: 4, sizeBytes: 4, littleEndian: false, align: 2 })) {
    if (chunk.name === "COMM" && chunk.size >= 18 && chunk.start + Math.min(chunk.size, 22) <= view.byteLength) {
      const code = letters(view, start + 8) === "AIFC" && chunk.size >= 22 ? letters(view, chunk.start + 18) : "NONE";
      const [encoding, littleEndian = false] = Object.hasOwn(AIFC, code) ? AIFC[code] : [];
      if (!encoding) throw new UnsupportedSound(`${JSON.stringify(code)} in an AIFC file`, name);
      const stated = view.getInt16(chunk.start + 6);
      const bits = encoding === "float" ? (/32/.test(code) ? 32 : 64) : encoding.endsWith("law") ? 8 : stated;
      format = {
        ...{ encoding, littleEndian, bits, width: Math.ceil(bits / 8), notes: [] },
        ...{ channels: view.getInt16(chunk.start), sampleRate: extended(view, chunk.start + 8) },
      };
      frames = view.getUint32(chunk.start + 2);
    }
    if (chunk.name === "SSND" && chunk.start + 8 <= view.byteLength) {
      const offset = 8 + view.getUint32(chunk.start);
      data = { start: chunk.start + offset, size: chunk.size - offset };
    }
    if (format && data) break;
  }
  if (!(format && data)) {
    if (!part.whole) return undefined;
    throw damage("an AIFF file with the chunks COMM and SSND", "one without them", name);
  }
  checkBits(format, name);
  const stated = frames * format.width * format.channels;
  const open = data.size <= 0;
  if (open && !part.whole) return undefined;
  // Other chunks may follow: what lies in them is no sound.
  const end = open ? part.end : Math.min(part.end, data.start + data.size);
  return withData(part, format, { ...data, size: stated || data.size, end, open });
}

/** 80 bits: sign, exponent of 15 bits, mantissa of 64 with its leading one. */
function extended(view: DataView, at: number): number {
  const exponent = (view.getUint16(at) & 0x7fff) - 16383 - 31;
  return view.getUint32(at + 2) * 2 ** exponent + view.getUint32(at + 6) * 2 ** (exponent - 32);
}

/** The header of a CAF file (Apple's Core Audio Format 1.0) with linear samples. */
export function cafHeader(part: PartOfFile): PcmSound | undefined {
  const { view, start, name } = part;
  let format: PcmFormat | undefined;
  for (const chunk of chunks(view, start + 8, { nameBytes: 4, sizeBytes: 8, littleEndian: false, align: 1 })) {
    if (chunk.name === "desc" && chunk.start + 32 <= view.byteLength) {
      const code = letters(view, chunk.start + 8), flags = view.getUint32(chunk.start + 12);
      const [channels, bits] = [24, 28].map((at) => view.getUint32(chunk.start + at));
      const encoding = ({ lpcm: flags & 1 ? "float" : "integer", ulaw: "mulaw", alaw: "alaw" } as const)[code];
      if (!encoding) {
        throw new UnsupportedSound(`${code === "alac" ? "Apple Lossless" : JSON.stringify(code)} in a CAF file`, name);
      }
      const packet = view.getUint32(chunk.start + 16);
      const width = code === "lpcm" ? packet / Math.max(1, channels) : 1;
      format = {
        ...{ encoding, littleEndian: (flags & 2) !== 0, bits: code === "lpcm" ? bits : 8, width, notes: [] },
        ...{ channels, sampleRate: view.getFloat64(chunk.start) },
      };
      checkBits(format, name);
    }
    if (chunk.name === "data") {
      if (!format) throw damage("a description before the data", "none", name);
      const open = chunk.size < 4;
      if (open && !part.whole) return undefined;
      return withData(part, format, { start: chunk.start + 4, size: chunk.size - 4, end: part.end, open });
    }
  }
  if (!part.whole) return undefined;
  throw damage("a CAF file with a data chunk", "one without it", name);
}

/** Encodings of AU (Sun's audio(5) manual), by number: how samples are written, and their bits. */
const AU: Record<number, [PcmFormat["encoding"], bits: number]> = {
  ...{ 1: ["mulaw", 8], 2: ["integer", 8], 3: ["integer", 16], 4: ["integer", 24], 5: ["integer", 32] },
  ...{ 6: ["float", 32], 7: ["float", 64], 27: ["alaw", 8] },
};

/** The header of an AU file: `.snd`, or `dns.` where the lowest byte is first. */
export function auHeader(part: PartOfFile): PcmSound | undefined {
  const { view, start, name } = part;
  if (start + 24 > view.byteLength) {
    if (!part.whole) return undefined;
    throw damage("a header of 24 bytes", `${view.byteLength - start}`, name);
  }
  const littleEndian = view.getUint8(start) === "d".charCodeAt(0);
  const [offset, size, code, sampleRate, channels] = [4, 8, 12, 16, 20]
    .map((at) => view.getUint32(start + at, littleEndian));
  if (!Object.hasOwn(AU, code)) throw new UnsupportedSound(`encoding ${code} in an AU file`, name);
  const [encoding, bits] = AU[code];
  const format: PcmFormat = { encoding, littleEndian, bits, width: bits / 8, channels, sampleRate, notes: [] };
  const open = isOpenSize(size);
  if (open && !part.whole) return undefined;
  return withData(part, format, { start: start + offset, size, end: part.end, open });
}

function checkBits({ bits, width, encoding }: PcmFormat, name: string) {
  const right = encoding === "float" ? width === 4 || width === 8 : width >= 1 && width <= 4;
  if (right && Number.isInteger(width) && bits <= 8 * width) return;
  throw damage("integers of 8 to 32 bits or floats of 32 or 64", `${bits} bits in ${width} bytes`, name);
}
