import { expect } from "expect";
import { big, bytes, little } from "./fixtures/bytes.ts";
import { aiff, au, caf, chunk, formatChunk, pcm16, rf64, riff, rifx, w64 } from "./fixtures/containers.ts";
import { flac } from "./fixtures/flac_bytes.ts";
import { oggFlac, oggPage } from "./fixtures/ogg_bytes.ts";
import { fromBase64, seedSound } from "./fixtures/recording_seeds.ts";
import compressed from "./goldens/compressed.json" with { type: "json" };
import recorded from "./goldens/recorded.json" with { type: "json" };
import { decodeAudio, recordingHeader } from "./mod.ts";

// Files as other programs write them, byte by byte after the formats' descriptions. Full scale is 2^(bits - 1).

const sound = seedSound(), { steps } = sound;
const data = pcm16(steps), expected = Float32Array.from(steps, (step) => step / 32768);
const zeros = (n: number) => new Array(n).fill(0);
const plain = (...behind: Uint8Array[]) => riff(formatChunk({}), chunk("data", data), ...behind);
const sized = (size: number) => riff(formatChunk({}), chunk("data", data, { size }));
const words = (shift: number) => new Uint8Array(Int32Array.from(steps, (step) => step << shift).buffer);
const id3v2 = bytes("ID3", [4, 0, 0, 0, 0, 1, 72], zeros(200));
const id3v2Footer = bytes("ID3", [4, 0, 0x10, 0, 0, 0, 20], zeros(20), "3DI", [4, 0, 0x10, 0, 0, 0, 20]);
const id3v1 = bytes("TAG", zeros(125));
const ape = (header: boolean) => {
  const item = [...little(2, 4), ...zeros(4), ...bytes("Title"), 0, ...bytes("ab")];
  const part = (flags: number) =>
    bytes("APETAGEX", little(2000, 4), little(item.length + 32, 4), little(1, 4), little(flags, 4), zeros(8));
  return bytes(...(header ? [part(0xa0000000)] : []), item, part(header ? 0x80000000 : 0));
};
const guid = [0, 0, 0, 0, 16, 0, 128, 0, 0, 170, 0, 56, 155, 113];

const EXACT: Record<string, Uint8Array> = {
  "WAV whose data size is 2 too large": sized(data.length + 2),
  "WAV whose data size is that of the file": sized(data.length + 44),
  "WAV whose data size is that of the RIFF chunk": sized(data.length + 36),
  "WAV of a recorder that lost power: sizes of 0": bytes("RIFF", zeros(4), plain().subarray(8, 40), zeros(4), data),
  "WAV from ffmpeg's pipe": riff(
    formatChunk({}),
    chunk("LIST", bytes("INFOISFT", little(14, 4), "Lavf59.27.100\0")),
    chunk("data", data, { size: 0xffffffff }),
  ),
  "WAV from sox's pipe": sized(0x7fffffff - 36),
  "WAV with a format chunk of 18 bytes": riff(formatChunk({}, [0, 0]), chunk("data", data)),
  "WAV with an extensible format": riff(
    formatChunk({ tag: 0xfffe }, [...little(22, 2), ...little(16, 2), ...little(4, 4), ...little(1, 2), ...guid]),
    chunk("data", data),
  ),
  "WAV with a fact chunk": riff(formatChunk({}), chunk("fact", little(steps.length, 4)), chunk("data", data)),
  "broadcast WAV": riff(chunk("bext", zeros(602)), formatChunk({}), chunk("data", data)),
  "WAV with room for RF64": riff(chunk("JUNK", zeros(28)), formatChunk({}), chunk("data", data)),
  "WAV with a header of 4 KB": riff(formatChunk({}), chunk("FLLR", zeros(4096 - 52)), chunk("data", data)),
  "WAV with a header beyond what is read first": riff(formatChunk({}), chunk("junk", zeros(9000)), chunk("data", data)),
  "WAV with an odd chunk that wasn't padded": riff(
    formatChunk({}),
    chunk("LIST", [1, 2, 3], { padded: false }),
    chunk("data", data),
  ),
  "WAV with tags behind its data": plain(chunk("LIST", bytes("INFO")), chunk("id3 ", id3v2)),
  "WAV with ID3v1 behind it": bytes(plain(), id3v1),
  "WAV without a size, with APE and ID3v1 behind it": bytes(sized(0xffffffff), ape(true), id3v1),
  "WAV without a size, with Lyrics3 behind it": bytes(sized(0), "LYRICSBEGIN", zeros(20), "000031LYRICS200", id3v1),
  "WAV without a size, with chunks behind it": riff(
    formatChunk({}),
    chunk("data", data, { size: 0xffffffff }),
    chunk("LIST", bytes("INFOICMT", little(4, 4), "test")),
    chunk("id3 ", id3v2),
  ),
  "WAV behind ID3v2": bytes(id3v2, plain()),
  "WAV behind an APE tag": bytes(ape(true), plain()),
  "WAV whose rate of bytes is wrong": plain().fill(0, 28, 32),
  "WAV filled up with zeros": bytes(plain(), zeros(500)),
  "16-bit mono whose block alignment says 4": riff(formatChunk({ align: 4 }), chunk("data", data)),
  "16 bits in the upper bytes of 4": riff(formatChunk({ align: 4 }), chunk("data", words(16))),
  "16 bits in the lower bytes of 4": riff(formatChunk({ align: 4 }), chunk("data", words(0))),
  "24 bits in the upper bytes of 4": riff(formatChunk({ bits: 24, align: 4 }), chunk("data", words(16))),
  "24 bits in the lower bytes of 4": riff(formatChunk({ bits: 24, align: 4 }), chunk("data", words(8))),
  "24 bits whose block alignment says 4": riff(
    formatChunk({ bits: 24, align: 4 }),
    chunk("data", Array.from(steps, (step) => [0, ...little(step & 0xffff, 2)]).flat()),
  ),
  "32 bits, 24 of them valid": riff(
    formatChunk({ tag: 0xfffe, bits: 32 }, [
      ...little(22, 2),
      ...little(24, 2),
      ...little(4, 4),
      ...little(1, 2),
      ...guid,
    ]),
    chunk("data", words(16)),
  ),
  "RF64": rf64(sound),
  "RF64 whose sizes are still 0": rf64(sound).fill(0, 20, 44),
  "RF64 whose sizes are still -1": rf64(sound).fill(255, 20, 44),
  "BW64": rf64(sound, "BW64"),
  "RIFX": rifx(sound),
  "Wave64": w64(sound),
  "AIFF": aiff(sound),
  "AIFF with an offset": aiff(sound, undefined, 16),
  "AIFF whose frames weren't counted, with a text behind": bytes(
    aiff(sound).fill(0, 34, 38),
    "ANNO",
    big(4, 4),
    "text",
  ),
  "AIFF whose sound comes first": bytes(
    aiff(sound).subarray(0, 24),
    aiff(sound).subarray(50),
    aiff(sound).subarray(24, 50),
  ),
  "AIFC of NONE": aiff(sound, "NONE"),
  "AIFC with the lowest byte first": aiff(sound, "sowt"),
  "AIFC of floats": aiff(sound, "fl32"),
  "CAF": caf(sound),
  "CAF of a telephone: floats without a length": caf(sound, { floats: true, open: true }),
  "AU": au(sound),
  "AU with the lowest byte first": bytes(
    "dns.",
    [28, data.length, 3, 8000, 1].flatMap((number) => little(number, 4)),
    "test",
    data,
  ),
  "AU whose length is still 0": au(sound).fill(0, 8, 12),
  "AU without a length": au(sound, { open: true }),
  "FLAC": flac(sound),
  "FLAC without length and MD5": flac(sound, { counted: false, hashed: false }),
  "FLAC between tags": bytes(id3v2, flac(sound), ape(false), id3v1),
  "FLAC behind ID3v2 with a footer": bytes(id3v2Footer, flac(sound)),
  "FLAC with zeros behind it": bytes(flac(sound), zeros(1000)),
  "FLAC in OGG": oggFlac(sound),
  "FLAC in OGG without the last page's flag": oggFlac(sound, { ended: false }),
  "FLAC in OGG, with a picture's stream and a tag": bytes(
    oggFlac(sound).subarray(0, 79),
    oggPage(bytes("fishead\0", zeros(56)), { turn: 0, granule: 0, flags: 2, serial: 3 }),
    oggFlac(sound).subarray(79),
    id3v1,
  ),
};

for (const [name, file] of Object.entries(EXACT)) {
  Deno.test(`decodeAudio() reads ${name}`, async () => {
    const { samples, sampleRate } = await decodeAudio(file, "a");
    expect(sampleRate).toBe(8000);
    expect(samples.length).toBe(expected.length);
    expect(samples).toEqual(expected);
  });
}

Deno.test("16 bits in 4 bytes are known behind silence and before a tag, as the whole file tells", async () => {
  const behind = (step: number) => step < 2000 ? 0 : 20_000 * Math.sin(0.37 * step);
  const loud = Int32Array.from({ length: 3000 }, (_, step) => Math.round(behind(step)) << 16);
  const few = loud.subarray(2000, 2040);
  const info = chunk("LIST", bytes("INFOISFT", little(14, 4), "Lavf59.27.100\0"));
  const path = await Deno.makeTempFile();
  for (const words of [loud, few]) {
    const samples = new Uint8Array(words.slice().buffer);
    const file = riff(formatChunk({ align: 4 }), chunk("data", samples), info);
    await Deno.writeFile(path, file);
    expect([...(await decodeAudio(file, "a")).samples]).toEqual([...words].map((word) => word / 2 ** 31));
    expect([undefined, words.length]).toContain((await recordingHeader(path))?.frames);
  }
  await Deno.remove(path);
});

Deno.test("recordingHeader() agrees with what is decoded, or says nothing", async () => {
  const path = await Deno.makeTempFile();
  let told = 0;
  for (const [name, file] of Object.entries(EXACT)) {
    await Deno.writeFile(path, file);
    const header = await recordingHeader(path);
    if (header) expect({ name, ...header }).toEqual({ name, sampleRate: 8000, channels: 1, frames: expected.length });
    if (header) told++;
  }
  expect(told).toBeGreaterThan(25);
  await Deno.remove(path);
});

const mp3 = fromBase64(compressed.mp3), opus = fromBase64(recorded.opus);
const TONES: Record<string, Uint8Array> = {
  "MP3 between tags": bytes(id3v2, zeros(100), mp3, ape(true), id3v1),
  "MP3 in WAV": riff(formatChunk({ tag: 0x55, bits: 0, align: 1 }, [0, 0]), chunk("data", mp3)),
  "Vorbis with a tag behind it": bytes(fromBase64(compressed.ogg), id3v1),
  "Opus": opus,
  "Opus in WebM": fromBase64(recorded.webm),
};

for (const [name, file] of Object.entries(TONES)) {
  Deno.test(`decodeAudio() hears the tone in ${name}`, async () => {
    const { samples, sampleRate } = await decodeAudio(file, "a");
    const middle = samples.subarray(samples.length >> 2, 3 * samples.length >> 2);
    const turn = 2 * Math.PI * 200 / sampleRate;
    let sine = 0, cosine = 0, power = 0;
    middle.forEach((x, i) => {
      sine += x * Math.sin(turn * i);
      cosine += x * Math.cos(turn * i);
      power += x * x;
    });
    const height = 2 * Math.hypot(sine, cosine) / middle.length;
    expect(Math.abs(height - 0.5)).toBeLessThan(0.05);
    expect(height ** 2 / 2 / (power / middle.length)).toBeGreaterThan(0.98); // nothing but the tone
  });
}

// A frame borrows bits from those before it, so the sound next to a cut isn't the tone.
const CUT: Record<string, Uint8Array> = {
  "MP3 that begins amid a frame": bytes(mp3.subarray(700, 864), mp3.subarray(288)),
  "MP3 whose last frame is cut off": bytes(mp3.subarray(288, 1400)),
};

for (const [name, file] of Object.entries(CUT)) {
  Deno.test(`decodeAudio() reads ${name}`, async () => {
    const { samples, sampleRate } = await decodeAudio(file, "a");
    expect([sampleRate, samples.length > 1000, Math.max(...samples) > 0.3]).toEqual([8000, true, true]);
  });
}

Deno.test("decodeAudio() reads the logarithmic bytes of telephones", async () => {
  // ITU-T G.711, tables 1 and 2: the ends of the scales and the smallest steps.
  const read = async (tag: number, codes: number[]) => {
    const { samples } = await decodeAudio(riff(formatChunk({ tag, bits: 8 }), chunk("data", codes)), "a.wav");
    return [...samples].map((x) => x * 32768);
  };
  expect(await read(7, [0x80, 0x00, 0xff, 0xfe, 0x8f])).toEqual([32124, -32124, 0, 8, 16764]);
  expect(await read(6, [0xaa, 0x2a, 0xd5, 0x55, 0xd4])).toEqual([32256, -32256, 8, -8, 24]);
});

Deno.test("decodeAudio() says that a header's block alignment is wrong", async () => {
  const { notes } = await decodeAudio(EXACT["16-bit mono whose block alignment says 4"], "a.wav");
  expect(notes).toEqual([expect.stringMatching(/block alignment of 4 .* 2 is right/)]);
});
