/** What a WAV file of a test says of itself, right or wrong. */
export interface WavFormula {
  /** Interleaved samples, by the byte. */
  data: Uint8Array;
  bits: number;
  channels?: number;
  sampleRate?: number;
  /** 1 integer, 3 float, 0xFFFE extensible. */
  tag?: number;
  /** Tag inside an extensible format. */
  subFormat?: number;
  blockAlign?: number;
  /** Size that the data chunk claims. */
  dataSize?: number;
  /** Chunks before the data: `[id, content]`. */
  chunks?: [string, Uint8Array][];
}

/** A WAV file byte by byte (Microsoft's Multimedia Programming Interface 1.0, 1991), independent of `encodeWav`. */
export function wavBytes(formula: WavFormula): Uint8Array {
  const { data, bits, channels = 1, sampleRate = 8000, tag = 1, subFormat, chunks = [] } = formula;
  const { blockAlign = channels * bits / 8, dataSize = data.length } = formula;
  const extension = subFormat === undefined ? [] : [...u16(22), ...u16(bits), ...u32(0), ...u16(subFormat)];
  // The rest of the sub-format identifier: 0000-0010-8000-00AA00389B71.
  if (extension.length > 0) extension.push(0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113);
  const format = [
    ...u16(tag),
    ...u16(channels),
    ...u32(sampleRate),
    ...u32(sampleRate * blockAlign),
    ...u16(blockAlign),
    ...u16(bits),
    ...extension,
  ];
  const body = [
    ...ascii("WAVEfmt "),
    ...u32(format.length),
    ...format,
    ...chunks.flatMap(([id, content]) => [
      ...ascii(id),
      ...u32(content.length),
      ...content,
      ...new Uint8Array(content.length % 2),
    ]),
    ...ascii("data"),
    ...u32(dataSize),
    ...data,
  ];
  return Uint8Array.from([...ascii("RIFF"), ...u32(body.length), ...body]);
}

const ascii = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const u16 = (value: number) => [value & 255, value >> 8 & 255];
const u32 = (value: number) => [...u16(value & 65535), ...u16(value >>> 16)];
