import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../../random/mod.ts";
import { specAugment } from "../mod.ts";

Deno.test("specAugment() sets one run of bands and one of frames to the fill, and nothing else", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const [frames, bands, channels] = [12, 4, 2];
    const width = bands * channels;
    const masked = new Float32Array(frames * width).fill(1);
    const fill = Float32Array.from({ length: width }, (_, at) => -1 - at);
    const example = { frames, bands, channels, features: masked, mean: fill, target: Float32Array.of(1), weight: 1 };
    const options = { bands: 3, frames: 5, masks: 1 };
    specAugment.definition.apply(example, options, randomStream(seed, "masks"));
    expect(masked.every((value, i) => value === 1 || value === fill[i % width])).toBe(true);
    const whole = (of: number[]) => of.every((i) => masked[i] !== 1);
    const columns = [...Array(width).keys()].filter((c) => whole([...Array(frames).keys()].map((f) => f * width + c)));
    const rows = [...Array(frames).keys()].filter((f) => whole([...Array(width).keys()].map((c) => f * width + c)));
    expect(columns.length).toBeLessThanOrEqual(3 * channels);
    expect(columns.length % channels).toBe(0);
    expect(rows.length).toBeLessThanOrEqual(5);
    for (const run of [columns, rows]) {
      if (run.length > 0) expect(run.at(-1)! - run[0]).toBe(run.length - 1);
    }
    const expected = frames * width - (frames - rows.length) * (width - columns.length);
    expect(masked.filter((value) => value !== 1).length).toBe(expected);
  }));
});
