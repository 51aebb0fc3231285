import { expect } from "expect";
import { mixDown } from "./mod.ts";

const tone = (hz: number, height = 0.5) =>
  Float32Array.from({ length: 4000 }, (_, i) => height * Math.sin(hz * i / 1000));

Deno.test("mixDown() gives the mean of channels that hold sound", () => {
  const [left, right] = [tone(200), tone(310, 0.25)];
  const { samples, notes } = mixDown([left, right]);
  expect(samples).toEqual(left.map((x, i) => (x + right[i]) / 2));
  expect(notes).toEqual([]);
});

Deno.test("mixDown() takes the living channel beside a dead one, with its offset, and says so", () => {
  for (const dead of [new Float32Array(4000), new Float32Array(4000).fill(-0.1), tone(50, 0.004)]) {
    for (const channels of [[tone(200), dead], [dead, tone(200)]]) {
      const { samples, notes } = mixDown(channels);
      expect(samples).toEqual(tone(200));
      expect(notes).toEqual([expect.stringMatching(/^1 of 2 channels hold/)]);
    }
  }
  const { samples, notes } = mixDown([tone(200), new Float32Array(4000), tone(200)]);
  expect(samples).toEqual(tone(200));
  expect(notes.length).toBe(1);
});

Deno.test("mixDown() takes the loudest of channels that cancel, and says so", () => {
  const { samples, notes } = mixDown([tone(200, -0.45), tone(200)]);
  expect(samples).toEqual(tone(200));
  expect(notes).toEqual([expect.stringMatching(/cancel/)]);
});

Deno.test("mixDown() leaves silence on all channels, and NaN, to those who look for them", () => {
  expect(mixDown([new Float32Array(10), new Float32Array(10)])).toEqual({ samples: new Float32Array(10), notes: [] });
  expect(mixDown([Float32Array.of(0, NaN), Float32Array.of(0, 1)]).samples[1]).toBeNaN();
});
