import { expect } from "expect";
import fc from "fast-check";
import goldens from "./goldens/filters.json" with { type: "json" };
import { goldenSignal } from "./fixtures/golden_signal.ts";
import { bandpass, highpass, lowpass } from "./mod.ts";

const sound = (sampleRate: number) => Float32Array.from(goldenSignal(goldens.signals.mix, sampleRate));

Deno.test("bandpass(), lowpass() and highpass() are scipy's sosfilt and sosfiltfilt in 32 bits", () => {
  for (const { btype, fs, wn, order, runs } of goldens.designs.filter(({ btype }) => btype !== "bandstop")) {
    for (const zeroPhase of [false, true]) {
      const options = { sampleRate: fs, order, zeroPhase };
      const found = btype === "bandpass"
        ? bandpass(sound(fs), { ...options, low: wn[0], high: wn[1] })
        : btype === "lowpass"
        ? lowpass(sound(fs), { ...options, high: wn[0] })
        : highpass(sound(fs), { ...options, low: wn[0] });
      // Samples of 32 bits are off by 6e-8 of up to 2; a filter of gain 1 overshoots by less than 4.
      const golden = runs.mix[zeroPhase ? "sosfiltfilt" : "sosfilt"];
      for (const [i, value] of golden.at) expect(Math.abs(found[i] - value)).toBeLessThan(5e-7);
    }
  }
});

Deno.test("bandpass() is linear and makes no NaN of any finite sound", () => {
  const options = { sampleRate: 1000, low: 25, high: 400 };
  fc.assert(fc.property(fc.array(fc.float({ noNaN: true, min: -1, max: 1 }), { minLength: 28 }), (values) => {
    const once = bandpass(Float32Array.from(values), options);
    const twice = bandpass(Float32Array.from(values, (x) => 2 * x), options);
    once.forEach((x, i) => expect(Math.abs(twice[i] - 2 * x)).toBeLessThan(1e-5));
  }));
});

Deno.test("bandpass() refuses NaN, no samples, a rate of 0, edges at Nyquist and sounds shorter than its extension", () => {
  const edges = { low: 25, high: 400 };
  expect(() => bandpass(Float32Array.of(0, NaN), { sampleRate: 1000, ...edges })).toThrow(
    /NaN at sample 1 in sosFilter/,
  );
  expect(() => bandpass(new Float32Array(0), { sampleRate: 1000, ...edges })).toThrow(/one sample but found none/);
  expect(() => bandpass(new Float32Array(99), { sampleRate: 0, ...edges })).toThrow(/found 0 Hz/);
  expect(() => bandpass(new Float32Array(99), { sampleRate: 800, ...edges })).toThrow(
    /half the sample rate \(400 Hz\)/,
  );
  expect(() => bandpass(new Float32Array(27), { sampleRate: 1000, ...edges })).toThrow(/more than 27 samples/);
});
