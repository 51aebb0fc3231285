import { expect } from "expect";
import fc from "fast-check";
import { decodeAudio } from "./decode_audio.ts";
import { encodeFlac } from "./encode_flac.ts";
import { encodeWav } from "./encode_wav.ts";

/** By the decoder that recordings are read with, which is another's. */
async function back(samples: Float32Array, sampleRate = 4000): Promise<Float32Array> {
  const read = await decodeAudio(encodeFlac(samples, { sampleRate }), "a.flac");
  expect([read.sampleRate, read.channels]).toEqual([sampleRate, 1]);
  return read.samples;
}

const wav = async (samples: Float32Array) => (await decodeAudio(encodeWav(samples, { sampleRate: 4000 }), "a")).samples;

Deno.test("encodeFlac() keeps every bit that encodeWav() keeps, of any sound and length", async () => {
  const sample = fc.oneof(fc.constantFrom(-1, 0, 1, 0.5), fc.float({ min: -1, max: 1, noNaN: true }));
  const noise = fc.array(sample, { minLength: 1, maxLength: 300 });
  await fc.assert(
    fc.asyncProperty(noise, fc.constantFrom(1, 16, 40), async (values, times) => {
      const samples = Float32Array.from({ length: values.length * times }, (_, i) => values[i % values.length]);
      expect(await back(samples)).toEqual(await wav(samples));
    }),
    { numRuns: 30 },
  );
});

Deno.test("encodeFlac() counts frames beyond the 128th, whose numbers take two bytes", async () => {
  const samples = Float32Array.from({ length: 130 * 4096 + 5 }, (_, i) => i % 4096 < 2 ? (i % 7) / 10 : 0.25);
  const read = await back(samples, 48_000);
  expect(read.length).toBe(samples.length);
  expect(read.at(-5)).toBeCloseTo(samples.at(-5)!, 4);
});

Deno.test("encodeFlac() takes a third of the bytes for a smooth sound, and never much more than there were", () => {
  const tone = Float32Array.from({ length: 20_000 }, (_, i) => 0.9 * Math.sin(2 * Math.PI * 60 * i / 4000));
  expect(encodeFlac(tone, { sampleRate: 4000 }).length).toBeLessThan(2 * tone.length / 3);
  const noise = Float32Array.from({ length: 20_000 }, (_, i) => ((i * 2654435761) % 65536) / 32768 - 1);
  expect(encodeFlac(noise, { sampleRate: 4000 }).length).toBeLessThan(2 * noise.length + 200);
});

Deno.test("encodeFlac() names a rate that the format can't hold", () => {
  expect(() => encodeFlac(new Float32Array(4), { sampleRate: 1e6 })).toThrow(/up to 65535 but found 1000000 Hz/);
  expect(() => encodeFlac(new Float32Array(0), { sampleRate: 4000 })).toThrow(/at least one sample/);
});
