import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../../random/mod.ts";
import { specAugment } from "../mod.ts";

Deno.test("specAugment() sets one run of bands and one of frames to the fill, and nothing else", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const [frames, nMels] = [12, 8];
    const features = new Float32Array(frames * nMels).fill(1);
    const fill = Float32Array.from({ length: nMels }, (_, band) => -1 - band);
    const options = { nMels, stream: randomStream(seed, "masks"), bands: 3, frames: 5, masks: 1, fill };
    const masked = specAugment(features, options);
    expect(masked.every((value, i) => value === 1 || value === fill[i % nMels])).toBe(true);
    const whole = (of: number[]) => of.every((i) => masked[i] !== 1);
    const bands = [...Array(nMels).keys()].filter((b) => whole([...Array(frames).keys()].map((f) => f * nMels + b)));
    const rows = [...Array(frames).keys()].filter((f) => whole([...Array(nMels).keys()].map((b) => f * nMels + b)));
    expect(bands.length).toBeLessThanOrEqual(3);
    expect(rows.length).toBeLessThanOrEqual(5);
    for (const run of [bands, rows]) {
      if (run.length > 0) expect(run.at(-1)! - run[0]).toBe(run.length - 1);
    }
    const expected = frames * nMels - (frames - rows.length) * (nMels - bands.length);
    expect(masked.filter((value) => value !== 1).length).toBe(expected);
    expect(features.every((value) => value === 1)).toBe(true);
  }));
});
