import { expect } from "expect";
import fc from "fast-check";
import { cases, expectMatrix, type GoldenMatrix, goldenSignal, transpose } from "./fixtures/goldens.ts";
import { logMel } from "./log_mel.ts";
import { presets } from "./presets.ts";
import { type ComplexSpectrogram, stft } from "./stft.ts";
import { windowFunction } from "./window_function.ts";

const settings: Record<string, { sampleRate: number; nFft: number; winLength: number; hopLength: number }> = {
  respirenet: { sampleRate: 4000, nFft: 256, winLength: 256, hopLength: 128 },
  cinc32: { sampleRate: 2000, nFft: 256, winLength: 50, hopLength: 20 },
  cinc64: { sampleRate: 2000, nFft: 512, winLength: 50, hopLength: 20 },
  np2: { sampleRate: 2000, nFft: 100, winLength: 100, hopLength: 40 },
};

function powerOf({ data, frames, nBins }: ComplexSpectrogram) {
  const power = Float64Array.from({ length: frames * nBins }, (_, k) => data[2 * k] ** 2 + data[2 * k + 1] ** 2);
  return transpose({ data: power, rows: frames, columns: nBins });
}

for (
  const { id, setting, signal, out } of cases.filter(({ setting, signal }) => setting in settings && signal !== "empty")
) {
  Deno.test(`stft() has the power of librosa's for ${id}`, () => {
    const { sampleRate, ...options } = settings[setting];
    const golden = out.power as GoldenMatrix;
    // 32 bits: a bin is off by up to 2e-7 of the loudest, so its power by 2e-7 sqrt(power * max).
    const power = powerOf(stft(Float32Array.from(goldenSignal(signal, sampleRate)), options));
    expectMatrix(power, golden, { relative: 1e-4, absolute: 1e-9 * golden.max! });
  });
}

const options = { nFft: 64, winLength: 48, hopLength: 16 };
const sound = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 300 });

Deno.test("stft() has the phase of librosa's: an impulse at sample 40 turns by its distance from the frame's start", () => {
  const impulse = new Float32Array(80);
  impulse[40] = 1;
  const { data, nBins } = stft(impulse, options);
  const frame = 3; // begins at 3 * 16 - 32 = 16, so the impulse is its sample 24, in the middle of the padded window
  const at = 24, weight = windowFunction("hann", 48)[at - 8];
  for (let bin = 0; bin < nBins; bin++) {
    expect(data[2 * (frame * nBins + bin)]).toBeCloseTo(weight * Math.cos(2 * Math.PI * bin * at / 64), 5);
    expect(data[2 * (frame * nBins + bin) + 1]).toBeCloseTo(-weight * Math.sin(2 * Math.PI * bin * at / 64), 5);
  }
});

Deno.test("stft() is linear", () => {
  fc.assert(fc.property(sound, fc.double({ min: -4, max: 4, noNaN: true }), (a, factor) => {
    const b = a.toReversed();
    const whole = stft(Float32Array.from(a, (x, i) => x + factor * b[i]), options).data;
    const [one, two] = [stft(Float32Array.from(a), options).data, stft(Float32Array.from(b), options).data];
    // 48 samples of at most 5, each rounded to 24 bits, through six stages.
    whole.forEach((value, k) => expect(Math.abs(value - one[k] - factor * two[k])).toBeLessThan(48 * 5 * 2 ** -20));
  }));
});

Deno.test("stft() keeps the energy of each frame (Parseval)", () => {
  fc.assert(fc.property(sound, (values) => {
    const samples = Float32Array.from(values);
    const { data, frames, nBins } = stft(samples, { nFft: 64, hopLength: 16, window: "rectangular" });
    for (let frame = 0; frame < frames; frame++) {
      const first = frame * 16 - 32;
      const energy = samples.subarray(Math.max(0, first), Math.max(0, first + 64)).reduce((sum, x) => sum + x * x, 0);
      let spectral = 0;
      for (let bin = 0; bin < nBins; bin++) {
        const k = 2 * (frame * nBins + bin);
        spectral += (bin === 0 || bin === 32 ? 1 : 2) * (data[k] ** 2 + data[k + 1] ** 2) / 64;
      }
      expect(Math.abs(spectral - energy)).toBeLessThan(1e-5 * Math.max(1, energy));
    }
  }));
});

Deno.test("stft() of a sound that comes one hop later is one frame later", () => {
  fc.assert(fc.property(sound, (values) => {
    const early = stft(Float32Array.from(values), options);
    const late = stft(Float32Array.from([...new Array<number>(16).fill(0), ...values]), options);
    expect(late.frames).toBe(early.frames + 1);
    // The last frames differ in nothing either: what lies beyond both ends is silence.
    expect(late.data.subarray(2 * early.nBins)).toEqual(early.data);
  }));
});

Deno.test("logMel() gives finite numbers for samples of any length and value", () => {
  const loud = fc.float({ noNaN: true, noDefaultInfinity: true, min: -(2 ** 50), max: 2 ** 50 });
  for (const preset of [presets.respirenet, presets.pcg, presets.dbres, presets.ast]) {
    fc.assert(
      fc.property(fc.array(loud, { minLength: 1, maxLength: 700 }), (values) => {
        const { data } = logMel(Float32Array.from(values), preset);
        expect(data.every((value) => Number.isFinite(value))).toBe(true);
      }),
      { numRuns: 40 },
    );
  }
});

Deno.test("stft() refuses lengths that don't fit", () => {
  const cut = (change: object) => () => stft(new Float32Array(100), { nFft: 64, ...change });
  expect(cut({ hopLength: 0 })).toThrow(/hopLength .* found 0/);
  expect(cut({ winLength: 65 })).toThrow(/winLength .* from 1 to nFft \(64\) but found 65/);
  expect(cut({ nFft: 1.5 })).toThrow(/nFft .* found 1.5/);
});

Deno.test("stft() of an odd nFft has librosa's frames, the last one filled with sound alone", () => {
  // librosa.stft(np.arange(1, 41), n_fft=15, hop_length=8, window="boxcar"): bin 0 is each frame's sum.
  const ramp = Float32Array.from({ length: 40 }, (_, i) => i + 1);
  const { data, frames, nBins } = stft(ramp, { nFft: 15, hopLength: 8, window: "rectangular" });
  expect([frames, nBins]).toEqual([5, 8]);
  [36, 135, 255, 375, 495].forEach((sum, t) => expect(data[2 * t * nBins]).toBeCloseTo(sum, 3));
});
