import { expect } from "expect";
import { adtsSound, mp4Sounds } from "./mp4_sounds.ts";

// Files are put together by the standards; what ffmpeg writes is tried in live_peer_checks.ts.

const bytes = (...parts: (number | string | number[] | Uint8Array)[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? [...new TextEncoder().encode(part)] : typeof part === "number" ? [part] : [...part]
    ),
  );
const big = (value: number, width = 4) => Array.from({ length: width }, (_, i) => value / 256 ** (width - 1 - i) & 255);
const box = (name: string, ...content: Parameters<typeof bytes>) => {
  const inner = bytes(...content);
  return bytes(big(8 + inner.length), name, inner);
};
const zeros = (count: number): number[] => Array(count).fill(0);

interface Fields {
  /** AudioSpecificConfig. */
  config?: number[];
  seconds?: number;
  units?: number;
  fragments?: number;
  kind?: number;
}

/** AAC-LC of 8 kHz and one channel, unless told. */
function m4a({ config = [0x15, 0x88], seconds = 2, units = 16, fragments = 0, kind = 0x40 }: Fields): Uint8Array {
  const decoder = bytes(0x04, 13 + 2 + config.length, kind, zeros(12), 0x05, config.length, config);
  const esds = box("esds", zeros(4), 0x03, 0x80, 0x80, 0x80, 3 + decoder.length, zeros(3), decoder);
  const mp4a = box("mp4a", zeros(16), big(2, 2), big(16, 2), zeros(4), big(8000 * 65536), esds);
  const table = box("stbl", box("stsd", zeros(4), big(1), mp4a), box("stsz", zeros(8), big(units)));
  const mdhd = box("mdhd", zeros(12), big(1000), big(1000 * seconds), zeros(4));
  const moov = box("moov", box("trak", box("mdia", mdhd, box("minf", table))));
  return bytes(
    box("ftyp", "M4A ", zeros(4)),
    moov,
    fragments ? box("moof", box("traf", box("trun", zeros(4), big(fragments)))) : [],
  );
}

Deno.test("mp4Sounds() counts what is stated or what the units hold, the longer", () => {
  const form = { sampleRate: 8000, channels: 1 };
  expect(mp4Sounds(m4a({}))).toEqual([{ ...form, frames: 16 * 1024 }]);
  expect(mp4Sounds(m4a({ seconds: 3 }))).toEqual([{ ...form, frames: 24_000 }]);
  expect(mp4Sounds(m4a({ seconds: 0, units: 0, fragments: 100 }))).toEqual([{ ...form, frames: 100 * 1024 }]);
  // AudioSpecificConfig of 44.1 kHz stereo: 00010 0100 0010 000 (ISO/IEC 14496-3), whatever the box around it says.
  expect(mp4Sounds(m4a({ config: [0x12, 0x10] }))).toEqual([{ sampleRate: 44100, channels: 2, frames: 88_200 }]);
});

Deno.test("mp4Sounds() knows nothing of other codecs, and of boxes that are cut off or hold themselves", () => {
  expect(mp4Sounds(m4a({ kind: 0x6b }))).toBe(undefined); // MP3
  expect(mp4Sounds(m4a({ config: [0xff, 0xff] }))).toBe(undefined);
  expect(mp4Sounds(box("ftyp", "M4A ", zeros(4)))).toBe(undefined);
  expect(mp4Sounds(bytes(big(4), "moov"))).toBe(undefined);
  const whole = m4a({});
  for (let length = 0; length < whole.length; length++) expect(mp4Sounds(whole.subarray(0, length))).toBe(undefined);
  let deep = box("moov");
  for (let i = 0; i < 5000; i++) deep = box("moov", deep);
  expect(mp4Sounds(deep)).toBe(undefined);
});

Deno.test("adtsSound() counts the blocks of frames to the end of the file", () => {
  // 7 bytes of header and 3 of sound: MPEG-4, LC, 16 kHz (8), one channel, two blocks.
  const frame = [0xff, 0xf1, 0x60, 0x40, 0x01, 0x40, 0x01, 1, 2, 3];
  expect(adtsSound(bytes(frame, frame))).toEqual({ sampleRate: 16_000, channels: 1, unit: 1024, frames: 4 * 1024 });
  expect(adtsSound(bytes(frame, "garbage"))).toBe(undefined);
  expect(adtsSound(bytes("ID3"))).toBe(undefined);
});
