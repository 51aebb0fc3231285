import { expect } from "expect";
import fc from "fast-check";
import { removeSpikes } from "./mod.ts";

const sampleRate = 1000;

/** Four seconds of a tone of 10 Hz: each window of half a second has the maximum `amplitude`. */
const tone = (amplitude: number) =>
  Float32Array.from({ length: 4000 }, (_, i) => amplitude * Math.sin(2 * Math.PI * 10 * (i + 0.5) / sampleRate));

Deno.test("removeSpikes() leaves a sound without spikes as it is", () => {
  expect(removeSpikes(tone(0.2), { sampleRate })).toEqual(tone(0.2));
});

Deno.test("removeSpikes() silences the swing of a spike from zero crossing to zero crossing", () => {
  const sound = tone(0.1);
  // Half a period of 50 samples at 1.22 s, ten times as high.
  for (let i = 1200; i < 1250; i++) sound[i] *= 10;
  const cleaned = removeSpikes(sound, { sampleRate });
  cleaned.forEach((x, i) => expect(x).toBe(i >= 1200 && i < 1250 ? 0 : sound[i]));
});

Deno.test("removeSpikes() leaves no window whose maximum exceeds three times the median", () => {
  fc.assert(fc.property(
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 400 }),
    (values) => {
      const cleaned = removeSpikes(Float32Array.from(values), { sampleRate: 40 });
      const maxima = [];
      for (let i = 0; i < cleaned.length; i += 20) maxima.push(Math.max(...cleaned.subarray(i, i + 20).map(Math.abs)));
      maxima.sort((a, b) => a - b);
      const half = maxima.length >> 1;
      const median = maxima.length % 2 ? maxima[half] : (maxima[half - 1] + maxima[half]) / 2;
      if (median > 0) expect(maxima[maxima.length - 1]).toBeLessThanOrEqual(3 * median);
    },
  ));
});

Deno.test("removeSpikes() returns from silence and from a single sample", () => {
  expect([...removeSpikes(new Float32Array(3), { sampleRate })]).toEqual([0, 0, 0]);
  expect([...removeSpikes(Float32Array.of(0.5), { sampleRate })]).toEqual([0.5]);
});
