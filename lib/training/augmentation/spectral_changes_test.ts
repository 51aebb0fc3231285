import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../../random/mod.ts";
import { gain, randomFilter, type WindowExample } from "./mod.ts";

const [FRAMES, N_MELS] = [15, 11];

function exampleOf(features: Float32Array): WindowExample {
  const [frames, bands] = [features.length / N_MELS, N_MELS];
  return {
    features,
    frames,
    bands,
    channels: 1,
    target: Float32Array.of(1),
    weight: 1,
    mean: new Float32Array(N_MELS),
  };
}

Deno.test("gain() adds one number within its range to all values", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const louder = new Float32Array([0, 16]);
    gain.definition.apply(exampleOf(louder), { range: 6 }, randomStream(seed, "g"));
    expect(Math.abs(louder[0])).toBeLessThanOrEqual(6);
    expect(louder[1] - louder[0]).toBeCloseTo(16, 5);
  }));
});

Deno.test("randomFilter() adds the same response to every frame, straight between its corners", () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: 2, max: 6 }), (seed, corners) => {
    const filtered = new Float32Array(FRAMES * N_MELS);
    const options = { range: 6, corners };
    randomFilter.definition.apply(exampleOf(filtered), options, randomStream(seed, "f"));
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
