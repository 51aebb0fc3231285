import { expect } from "expect";
import { biquad, type BiquadOptions } from "./making.ts";

const sampleRate = 4000;

/** Gain in dB at a frequency: a sine through the filter, its amplitude once the start has died away. */
function gain(options: Omit<BiquadOptions, "sampleRate">, hz: number): number {
  const sine = Float32Array.from({ length: 20_000 }, (_, n) => Math.sin(2 * Math.PI * hz * n / sampleRate));
  const filtered = biquad(sine, { ...options, sampleRate }).subarray(10_000);
  let power = 0;
  for (const value of filtered) power += value * value / filtered.length;
  return 10 * Math.log10(2 * power);
}

Deno.test("biquad() is 3 dB down at its corner and 12 dB an octave beyond (Butterworth, by its formula)", () => {
  for (const kind of ["lowpass", "highpass"] as const) {
    expect(gain({ kind, frequency: 200 }, 200)).toBeCloseTo(-3.0103, 2);
    const beyond = kind === "lowpass" ? 800 : 50;
    // Bilinear transform: |H|^2 = 1 / (1 + r^4) with r the ratio of the tangents of half the angles.
    const tangent = (hz: number) => Math.tan(Math.PI * hz / sampleRate);
    const r = kind === "lowpass" ? tangent(beyond) / tangent(200) : tangent(200) / tangent(beyond);
    expect(gain({ kind, frequency: 200 }, beyond)).toBeCloseTo(-10 * Math.log10(1 + r ** 4), 2);
  }
});

Deno.test("biquad() lifts a peak by its gain and leaves what is far away", () => {
  expect(gain({ kind: "peak", frequency: 300, gainDb: 6, q: 2 }, 300)).toBeCloseTo(6, 2);
  expect(Math.abs(gain({ kind: "peak", frequency: 300, gainDb: 6, q: 2 }, 10))).toBeLessThan(0.05);
});
