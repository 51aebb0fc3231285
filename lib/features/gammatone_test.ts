import { expect } from "expect";
import { erb, gammatone } from "./gammatone.ts";

Deno.test("erb() is Glasberg and Moore's: 132.6 Hz at 1 kHz", () => {
  expect(erb(1000)).toBeCloseTo(132.639, 3);
});

Deno.test("gammatone() places centres at equal steps of the ERB number", () => {
  const { frequencies } = gammatone(new Float32Array(10), {
    sampleRate: 4000,
    nBands: 5,
    fMin: 50,
    fMax: 1500,
    hopLength: 5,
  });
  expect([frequencies[0], frequencies[4]].map(Math.round)).toEqual([50, 1500]);
  const numbers = [...frequencies].map((hz) => 21.4 * Math.log10(1 + 4.37 * hz / 1000));
  for (let i = 1; i < 5; i++) expect(numbers[i] - numbers[i - 1]).toBeCloseTo((numbers[4] - numbers[0]) / 4, 9);
});

Deno.test("gammatone() passes tones as the fourth-order filter: (1 + ((f - fc) / b)^2)^-4 of their power", () => {
  const sampleRate = 16000, centre = 500, b = 1.019 * erb(centre);
  for (const [detune, amplitude] of [[0, 1], [0.5, 1], [-1, 0.3], [2, 2]]) {
    const hz = centre + detune * b;
    const tone = Float32Array.from({ length: 8000 }, (_, n) => amplitude * Math.sin(2 * Math.PI * hz * n / sampleRate));
    const { data } = gammatone(tone, { sampleRate, nBands: 1, fMin: centre, fMax: centre, hopLength: 4000 });
    const wanted = amplitude ** 2 / 2 * (1 + detune ** 2) ** -4;
    // The sampled pole is (b / rate)^2 / 3 off the formula, and the mirror image of a real tone leaks a little.
    expect(Math.abs(data[1] / wanted - 1)).toBeLessThan(0.02);
  }
});

Deno.test("gammatone() answers an impulse with the envelope t^3 e^(-2 pi b t)", () => {
  const sampleRate = 16000, b = 1.019 * erb(1000);
  const impulse = new Float32Array(400);
  impulse[0] = 1;
  const { data } = gammatone(impulse, { sampleRate, nBands: 1, fMin: 1000, fMax: 1000, hopLength: 1 });
  // Peak of t^3 e^(-2 pi b t) at t = 3 / (2 pi b).
  const peak = data.indexOf(Math.max(...data));
  expect(Math.abs(peak - (3 / (2 * Math.PI * b) * sampleRate))).toBeLessThan(3);
  const envelope = (n: number) => ((n + 1) * (n + 2) * (n + 3)) ** 2 * Math.exp(-4 * Math.PI * b * n / sampleRate);
  for (const n of [0, 20, 150, 399]) expect(data[n] / data[60] / (envelope(n) / envelope(60))).toBeCloseTo(1, 4);
});

Deno.test("gammatone() covers every sample and refuses bands beyond half the rate", () => {
  const options = { sampleRate: 4000, nBands: 4, hopLength: 128 };
  expect(gammatone(new Float32Array(129), options).frames).toBe(2);
  expect(() => gammatone(new Float32Array(9), { ...options, fMax: 2000 })).toThrow(
    /fMax < 2000 Hz but found 50 Hz and 2000 Hz/,
  );
  expect(() => gammatone(Float32Array.of(NaN), options)).toThrow(/NaN at sample 0/);
});
