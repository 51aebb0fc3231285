import { expect } from "expect";
import fc from "fast-check";
import { packSamples, unpackSamples } from "./pack_samples.ts";

Deno.test("packSamples() loses nothing, at the ends of 16 bits either", async () => {
  const sample = fc.integer({ min: -32768, max: 32767 });
  await fc.assert(fc.asyncProperty(fc.array(sample), async (values) => {
    const samples = Int16Array.from(values);
    expect(await unpackSamples(await packSamples(samples))).toEqual(samples);
  }));
  const extremes = Int16Array.of(-32768, 32767, -32768, 32767, 0, 32767, 32767, -32768);
  expect(await unpackSamples(await packSamples(extremes))).toEqual(extremes);
});

Deno.test("packSamples() makes a slow wave much smaller than its bytes", async () => {
  const wave = Int16Array.from({ length: 8000 }, (_, i) => 20000 * Math.sin(2 * Math.PI * 60 * i / 4000));
  expect((await packSamples(wave)).length).toBeLessThan(2 * wave.length / 2);
});
