import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../../random/mod.ts";
import { frameLayout } from "../frame_layout.ts";
import { melFilterBank } from "../mel_filter_bank.ts";
import { plainKernel } from "../mel_spectrogram.ts";
import type { WindowName } from "../window_function.ts";
import { kernelHas, melKernel } from "./mel_kernel.ts";

Deno.test("melKernel() gives what TypeScript gives, for any lengths and options", () => {
  const lengths = fc.constantFrom(8, 30, 32, 36, 50, 64, 90, 100, 128, 200, 256, 400, 450, 512, 1000, 1024, 2048);
  const frames = fc.record({
    nFft: lengths,
    window: fc.double({ min: 0.2, max: 1, noNaN: true }),
    hop: fc.double({ min: 0.1, max: 1.5, noNaN: true }),
    samples: fc.integer({ min: 0, max: 3000 }),
    center: fc.boolean(),
    padMode: fc.constantFrom("constant" as const, "reflect" as const),
    shape: fc.constantFrom<WindowName>("hann", "hamming", "povey"),
    preEmphasis: fc.constantFrom(0, 0.97),
    removeDc: fc.boolean(),
    power: fc.constantFrom(1 as const, 2 as const),
    nMels: fc.integer({ min: 1, max: 19 }),
    seed: fc.nat(),
  });
  fc.assert(
    fc.property(frames, ({ nFft, window, hop, samples, shape, power, nMels, seed, ...rest }) => {
      const winLength = Math.max(4, Math.ceil(window * nFft));
      const layout = frameLayout({ nFft, winLength, hopLength: Math.ceil(hop * winLength), window: shape, ...rest });
      const bank = melFilterBank({ sampleRate: 4000, nFft, nMels, emptyBands: "keep" });
      const options = { layout, bank, nMels, power };
      const stream = randomStream(seed, "sound");
      const sound = Float32Array.from({ length: nFft + samples }, () => stream.uniform(-1, 1));
      const plain = plainKernel(options)(sound), fast = melKernel(options)(sound);
      expect(fast.frames).toBe(plain.frames);
      // 32-bit transforms: each bin within 1e-6 of the largest amplitude.
      const allowed = 1e-5 * plain.largest;
      const off = fast.data.findIndex((value, i) => !(Math.abs(value - plain.data[i]) <= allowed));
      expect(off).toBe(-1);
      expect(Math.abs(fast.largest - plain.largest)).toBeLessThanOrEqual(allowed);
    }),
    { numRuns: 100 },
  );
});

Deno.test("melKernel() has a logarithm of 32 bits' exactness over the whole range of powers", () => {
  // One bin of weight 1 and frames of two samples [x, -x]: the power of bin 1 is (2 x)^2.
  const layout = frameLayout({ nFft: 2, hopLength: 2, window: "rectangular", center: false });
  const log = { scale: 1, offset: 0, floor: 1e-30 };
  const kernel = melKernel({ layout, bank: Float64Array.of(0, 1), nMels: 1, power: 2, log });
  for (let exponent = -14; exponent <= 18; exponent += 0.37) {
    const x = Math.fround(10 ** exponent);
    const wanted = Math.log((2 * x) ** 2);
    expect(Math.abs(kernel(Float32Array.of(x, -x)).data[0] - wanted)).toBeLessThan(1e-6 + 2e-7 * Math.abs(wanted));
  }
});

Deno.test("kernelHas() even lengths without prime factors above 5", () => {
  expect([2, 100, 400, 512, 1536].every(kernelHas)).toBe(true);
  expect([3, 14, 255, 1022].some(kernelHas)).toBe(false);
});
