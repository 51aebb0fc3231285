import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../../random/mod.ts";
import { gain, randomFilter, spectralNoise, timeStretch, vtlp } from "./mod.ts";

const [FRAMES, N_MELS] = [15, 11];
const ramp = (by: (frame: number, band: number) => number) =>
  Float32Array.from({ length: FRAMES * N_MELS }, (_, i) => by(Math.floor(i / N_MELS), i % N_MELS));

Deno.test("gain() adds one number within its range to all values", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const louder = gain(new Float32Array([0, 16]), { stream: randomStream(seed, "g"), range: 6 });
    expect(Math.abs(louder[0])).toBeLessThanOrEqual(6);
    expect(louder[1] - louder[0]).toBeCloseTo(16, 5);
  }));
});

Deno.test("randomFilter() adds the same response to every frame, straight between its corners", () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: 2, max: 6 }), (seed, corners) => {
    const options = {
      shape: { frames: FRAMES, bands: N_MELS, channels: 1 },
      stream: randomStream(seed, "f"),
      range: 6,
      corners,
    };
    const filtered = randomFilter(new Float32Array(FRAMES * N_MELS), options);
    const response = filtered.subarray(0, N_MELS);
    for (let frame = 1; frame < FRAMES; frame++) {
      expect(filtered.subarray(frame * N_MELS, (frame + 1) * N_MELS)).toEqual(response);
    }
    expect(Math.max(...response.map(Math.abs))).toBeLessThanOrEqual(6);
    // A line has no second difference; each inner corner bends it at two bands at most.
    const bends = [...response.keys()].slice(1, -1)
      .filter((b) => Math.abs(response[b - 1] - 2 * response[b] + response[b + 1]) > 1e-4);
    expect(bends.length).toBeLessThanOrEqual(2 * (corners - 2));
  }));
});

Deno.test("spectralNoise() adds power at the ratio that was asked for, in decibels and in natural logarithms", () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: -10, max: 30 }), (seed, snr) => {
    for (const [unit, perPower] of [["dB", 10 / Math.LN10], ["ln", 1]] as const) {
      const features = ramp((frame, band) => perPower * Math.sin(frame * band) - 4);
      const power = (values: Float32Array) => values.reduce((sum, value) => sum + Math.exp(value / perPower), 0);
      const options = {
        shape: { frames: FRAMES, bands: N_MELS, channels: 1 },
        stream: randomStream(seed, "n"),
        snr: [snr, snr] as const,
        unit,
      };
      const noisy = spectralNoise(features, options);
      const ratio = 10 * Math.log10(power(features) / (power(noisy) - power(features)));
      // At 30 dB the difference of the powers keeps four of float32's seven digits.
      expect(Math.abs(ratio - snr)).toBeLessThan(0.02);
      expect(noisy.every((value, i) => value > features[i] - 1e-4)).toBe(true);
    }
  }));
});

Deno.test("vtlp() keeps both ends of the axis, its order and the frames apart", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const options = {
      shape: { frames: FRAMES, bands: N_MELS, channels: 1 },
      stream: randomStream(seed, "v"),
      range: 0.2,
    };
    const warped = vtlp(ramp((frame, band) => 100 * frame + band), options);
    for (let frame = 0; frame < FRAMES; frame++) {
      const places = warped.subarray(frame * N_MELS, (frame + 1) * N_MELS).map((value) => value - 100 * frame);
      expect(places[0]).toBeCloseTo(0, 3);
      expect(places[N_MELS - 1]).toBeCloseTo(N_MELS - 1, 3);
      expect(places.slice(1).every((place, i) => place > places[i])).toBe(true);
      // Below the knee the axis is multiplied by the factor.
      expect(places[2] / places[1]).toBeCloseTo(2, 2);
      expect(Math.abs(places[1] - 1)).toBeLessThanOrEqual(0.2 + 1e-3);
    }
  }));
});

Deno.test("timeStretch() reads frames at one speed and keeps the middle", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const options = {
      shape: { frames: FRAMES, bands: N_MELS, channels: 1 },
      stream: randomStream(seed, "t"),
      range: 0.2,
    };
    const stretched = timeStretch(ramp((frame) => frame), options);
    const places = Array.from({ length: FRAMES }, (_, frame) => stretched[frame * N_MELS]);
    expect(places[7]).toBeCloseTo(7, 4);
    const speed = places[8] - places[7];
    expect(speed).toBeGreaterThan(1 / 1.2 - 1e-4);
    expect(speed).toBeLessThan(1.2 + 1e-4);
    for (let frame = 3; frame < 12; frame++) expect(places[frame]).toBeCloseTo(7 + (frame - 7) * speed, 3);
  }));
});
