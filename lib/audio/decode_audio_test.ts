import { expect } from "expect";
import fc from "fast-check";
import { DataError } from "../errors/mod.ts";
import compressed from "./goldens/compressed.json" with { type: "json" };
import { wavBytes } from "./fixtures/wav_bytes.ts";
import { decodeAudio, encodeWav } from "./mod.ts";

const samplesOf = async (bytes: Uint8Array) => [...(await decodeAudio(bytes, "a.wav")).samples];
const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer);

// Full scale is 2^(bits - 1): the values are worked by hand.
const FORMATS = [
  { name: "8 bits around 128", bits: 8, data: Uint8Array.of(128, 192, 0, 255), expected: [0, 0.5, -1, 127 / 128] },
  { name: "16 bits", bits: 16, data: bytesOf(Int16Array.of(0, 16384, -32768)), expected: [0, 0.5, -1] },
  { name: "24 bits", bits: 24, data: Uint8Array.of(0, 0, 64, 0, 0, 128, 1, 0, 0), expected: [0.5, -1, 2 ** -23] },
  { name: "32 bits", bits: 32, data: bytesOf(Int32Array.of(2 ** 30, -(2 ** 31))), expected: [0.5, -1] },
  { name: "32-bit floats", bits: 32, tag: 3, data: bytesOf(Float32Array.of(0.25, -1.5)), expected: [0.25, -1.5] },
  { name: "64-bit floats", bits: 64, tag: 3, data: bytesOf(Float64Array.of(0.25, -0.75)), expected: [0.25, -0.75] },
  {
    name: "extensible 16 bits",
    bits: 16,
    tag: 0xfffe,
    subFormat: 1,
    data: bytesOf(Int16Array.of(8192)),
    expected: [0.25],
  },
  {
    name: "extensible floats",
    bits: 32,
    tag: 0xfffe,
    subFormat: 3,
    data: bytesOf(Float32Array.of(0.125)),
    expected: [0.125],
  },
];

for (const { name, expected, ...formula } of FORMATS) {
  Deno.test(`decodeAudio() reads ${name}`, async () => {
    expect(await samplesOf(wavBytes(formula))).toEqual(expected);
  });
}

Deno.test("decodeAudio() gives the mean of the channels", async () => {
  const bytes = wavBytes({ bits: 16, channels: 2, data: bytesOf(Int16Array.of(16384, 0, -16384, -32768)) });
  const recording = await decodeAudio(bytes, "a.wav");
  expect([...recording.samples]).toEqual([0.25, -0.75]);
  expect(recording).toMatchObject({ channels: 2, sampleRate: 8000, duration: 2 / 8000, format: "wav" });
});

Deno.test("decodeAudio() takes the frame size from channels and bits where the block alignment is wrong", async () => {
  const bytes = wavBytes({ bits: 16, blockAlign: 4, data: bytesOf(Int16Array.of(1, 2, 3, 4)) });
  expect((await samplesOf(bytes)).length).toBe(4);
});

Deno.test("decodeAudio() steps over other chunks, of odd length too", async () => {
  const data = bytesOf(Int16Array.of(16384));
  const bytes = wavBytes({ bits: 16, data, chunks: [["LIST", new Uint8Array(3)], ["bext", new Uint8Array(6)]] });
  expect(await samplesOf(bytes)).toEqual([0.5]);
});

for (const dataSize of [0, 0xffffffff, 0x7fffffff - 44]) {
  Deno.test(`decodeAudio() reads to the end where a streaming program left ${dataSize} as the size`, async () => {
    expect(await samplesOf(wavBytes({ bits: 16, dataSize, data: bytesOf(Int16Array.of(0, 16384)) }))).toEqual([0, 0.5]);
  });
}

Deno.test("decodeAudio() says how much of a truncated WAV file is missing", async () => {
  const bytes = wavBytes({ bits: 16, dataSize: 32000, data: new Uint8Array(8000) });
  await expect(decodeAudio(bytes, "cut.wav")).rejects.toThrow(
    "Expected 2.00 s of samples but found 0.50 s, a truncated file in cut.wav: record or copy the file again, or leave it out.",
  );
});

const BROKEN: [string, Uint8Array, RegExp][] = [
  ["an empty file", new Uint8Array(0), /an audio file but found an empty file/],
  ["other bytes", new TextEncoder().encode("subject,label\n1,normal\n"), /WAV, FLAC, MP3, OGG.* file but found a text/],
  ["a WAV header alone", wavBytes({ bits: 16, data: new Uint8Array(0) }).subarray(0, 36), /data chunk but found/],
  ["a WAV file without samples", wavBytes({ bits: 16, data: new Uint8Array(0) }), /at least one sample but found none/],
  [
    "a rate of 0",
    wavBytes({ bits: 16, sampleRate: 0, data: new Uint8Array(4) }),
    /rate from 50 Hz to 768 kHz but found 0 Hz/,
  ],
  ["no channels", wavBytes({ bits: 16, channels: 0, data: new Uint8Array(4) }), /channels but found 0/],
  [
    "ADPCM",
    wavBytes({ bits: 4, tag: 17, data: new Uint8Array(4) }),
    /found IMA ADPCM in a WAV file .*ffmpeg -i "x.bin"/,
  ],
  [
    "NaN samples",
    wavBytes({ bits: 32, tag: 3, sampleRate: 2000, data: bytesOf(new Float32Array(2001).fill(NaN, 2000)) }),
    /finite samples but found NaN at 1\.000 s/,
  ],
  [
    "infinite samples",
    wavBytes({ bits: 64, tag: 3, data: bytesOf(Float64Array.of(0, -Infinity)) }),
    /finite samples but found -Infinity/,
  ],
];

for (const [name, bytes, message] of BROKEN) {
  Deno.test(`decodeAudio() refuses ${name} in one sentence`, async () => {
    const error = await decodeAudio(bytes, "x.bin").catch((error) => error);
    expect(error).toBeInstanceOf(DataError);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/in x\.bin: .*\.$/);
  });
}

Deno.test("decodeAudio() answers any bytes with samples or with a DataError", async () => {
  const header = wavBytes({ bits: 16, data: new Uint8Array(64) });
  await fc.assert(fc.asyncProperty(
    fc.array(fc.tuple(fc.nat(header.length - 1), fc.nat(255)), { maxLength: 12 }),
    fc.nat(header.length),
    async (changes, length) => {
      const bytes = header.slice(0, length);
      for (const [at, value] of changes) bytes[at] = value;
      const result = await decodeAudio(bytes, "x.wav").catch((error) => error);
      if (!(result instanceof DataError)) expect(result.samples.length).toBeGreaterThan(0);
    },
  ));
});

const decodeBase64 = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const { about: _, ...files } = compressed;

for (const [name, text] of Object.entries(files)) {
  const bytes = decodeBase64(text);
  const stereo = name.endsWith("Stereo");

  Deno.test(`decodeAudio() reads the tone in ${name}`, async () => {
    const { samples, sampleRate, channels } = await decodeAudio(bytes, name);
    expect({ sampleRate, channels, n: samples.length }).toEqual({
      sampleRate: 8000,
      channels: stereo ? 2 : 1,
      n: 2000,
    });
    const height = stereo ? 0.375 : 0.5;
    const error = samples.map((x, i) => Math.abs(x - height * Math.sin(2 * Math.PI * 200 * i / 8000)));
    // Lossless: half a step of 16 bits (24 in stereo); MP3 and Vorbis shape their ends.
    if (name.startsWith("flac")) expect(Math.max(...error)).toBeLessThan(stereo ? 2 ** -23 : 2 ** -16 + 1e-7);
    else expect(Math.max(...error.subarray(500, 1500))).toBeLessThan(0.03);
  });

  Deno.test(`decodeAudio() refuses the first half of ${name}`, async () => {
    const half = bytes.subarray(0, bytes.length >> 1);
    await expect(decodeAudio(half, name)).rejects.toThrow(/a truncated (or damaged )?file in/);
  });
}

Deno.test("decodeAudio() refuses bytes that only begin like an MP3 file", async () => {
  const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3)) & 255);
  bytes.set([0xff, 0xfb, 0x90, 0x64]);
  await expect(decodeAudio(bytes, "x.mp3")).rejects.toThrow(/an MP3 file but found bytes that only begin like one/);
});

Deno.test("decodeAudio() refuses a FLAC file with a damaged middle", async () => {
  const bytes = decodeBase64(compressed.flac).slice();
  bytes.fill(0x5a, bytes.length >> 1, (bytes.length >> 1) + 200);
  await expect(decodeAudio(bytes, "x.flac")).rejects.toThrow(/a truncated or damaged file|can be decoded/);
});

Deno.test("decodeAudio() reads a FLAC file alike before and after others, sound and damaged", async () => {
  const bytes = decodeBase64(compressed.flac);
  const first = (await decodeAudio(bytes, "a.flac")).samples;
  for (const damaged of [bytes.subarray(0, bytes.length >> 1), bytes.subarray(0, bytes.length - 3)]) {
    await expect(decodeAudio(damaged, "b.flac")).rejects.toThrow(/a truncated or damaged file|can be decoded/);
    expect((await decodeAudio(bytes, "c.flac")).samples).toEqual(first);
    expect((await decodeAudio(bytes, "d.flac")).samples).toEqual(first);
  }
});

Deno.test("encodeWav() writes what decodeAudio() reads, 16 bits exactly", async () => {
  await fc.assert(fc.asyncProperty(fc.int16Array({ minLength: 1 }), async (steps) => {
    const samples = Float32Array.from(steps, (step) => step / 32768);
    expect(await samplesOf(encodeWav(samples, { sampleRate: 4000 }))).toEqual([...samples]);
  }));
});

Deno.test("encodeWav() cuts what lies beyond full scale", async () => {
  const bytes = encodeWav([1, 1.5, -1, -2], { sampleRate: 4000 }); // 1 itself is one step off, which no one hears
  expect(await samplesOf(bytes)).toEqual([32767 / 32768, 32767 / 32768, -1, -1]);
});

Deno.test("encodeWav() refuses NaN, no samples and rates that no header holds", () => {
  expect(() => encodeWav([0, NaN], { sampleRate: 4000 })).toThrow(/NaN at sample 1 in encodeWav/);
  expect(() => encodeWav([], { sampleRate: 4000 })).toThrow(/one sample but found none/);
  expect(() => encodeWav([0], { sampleRate: 0.5 })).toThrow(/whole number of Hz but found 0.5 Hz/);
});
