import { expect } from "expect";
import fc from "fast-check";
import { bandpass, hilbertEnvelope, homomorphicEnvelope, removeSpikes, resample, signalQuality } from "../audio/mod.ts";
import { InputError } from "../errors/mod.ts";
import {
  delta,
  describeFrames,
  gammatone,
  logMel,
  melSpectrogram,
  mfcc,
  pcen,
  powerToDb,
  prepareSamples,
  presets,
  stft,
} from "./mod.ts";

// What the two rooms of sound refuse, function by function, and that nothing which they accept becomes NaN.

const SAMPLE_RATE = 4000;
const preset = presets.respirenet;

/** Each function of samples, at a rate where it takes one. */
const OF_SAMPLES: Record<string, (samples: Float32Array, sampleRate?: number) => unknown> = {
  bandpass: (samples, sampleRate = SAMPLE_RATE) => bandpass(samples, { sampleRate, low: 50, high: 1000 }),
  resample: (samples, from = SAMPLE_RATE) => resample(samples, { from, to: 2000 }),
  removeSpikes: (samples, sampleRate = SAMPLE_RATE) => removeSpikes(samples, { sampleRate }),
  homomorphicEnvelope: (samples, sampleRate = SAMPLE_RATE) => homomorphicEnvelope(samples, { sampleRate }),
  signalQuality: (samples, sampleRate = SAMPLE_RATE) => signalQuality(samples, { sampleRate, sound: "lung" }),
  prepareSamples: (samples, sampleRate = 8000) => prepareSamples(samples, { sampleRate, preset }),
  gammatone: (samples, sampleRate = SAMPLE_RATE) => gammatone(samples, { ...preset, sampleRate }),
  melSpectrogram: (samples, sampleRate = SAMPLE_RATE) => melSpectrogram(samples, { ...preset, sampleRate }),
  logMel: (samples, sampleRate = SAMPLE_RATE) => logMel(samples, { ...preset, sampleRate }),
  describeFrames: (samples, sampleRate = SAMPLE_RATE) => describeFrames(samples, { ...preset, sampleRate }),
};
/** Functions of samples to which the rate means nothing. */
const WITHOUT_RATE: typeof OF_SAMPLES = {
  hilbertEnvelope: (samples) => hilbertEnvelope(samples),
  stft: (samples) => stft(samples, preset),
};

const noise = Float32Array.from({ length: 4096 }, (_, i) => Math.sin(i * i * 0.7) / 2);

for (const [name, run] of Object.entries({ ...OF_SAMPLES, ...WITHOUT_RATE })) {
  Deno.test(`${name}() refuses no samples, NaN and infinity`, async () => {
    for (const bad of [[], [NaN], [Infinity], [-Infinity]]) {
      const samples = bad.length === 0 ? new Float32Array() : noise.with(2000, bad[0]);
      await expect((async () => await run(samples))()).rejects.toThrow(InputError);
    }
  });
}

for (const [name, run] of Object.entries(OF_SAMPLES)) {
  Deno.test(`${name}() refuses rates that are none`, async () => {
    for (const rate of [0, -1, NaN, Infinity]) {
      await expect((async () => await run(noise, rate))()).rejects.toThrow(InputError);
    }
  });
}

Deno.test("Mel bands are refused above Nyquist, for a hop of 0 and for no bands", () => {
  for (
    const change of [{ fMax: 2001 }, { fMin: 3000 }, { hopLength: 0 }, { hopLength: 1.5 }, { nMels: 0 }, { nFft: 0 }]
  ) {
    expect(() => logMel(noise, { ...preset, ...change })).toThrow(InputError);
  }
});

Deno.test("Functions of levels refuse NaN", () => {
  const levels = { data: new Float32Array(64 * 20).fill(1).with(70, NaN), frames: 20, nMels: 64 };
  expect(() => mfcc(levels)).toThrow(InputError);
  expect(() => pcen(levels, { sampleRate: SAMPLE_RATE, hopLength: 64 })).toThrow(InputError);
  expect(() => powerToDb(levels.data)).toThrow(InputError);
  expect(() => delta(levels.data, { columns: 64 })).toThrow(InputError);
});

Deno.test("Nothing that is accepted becomes NaN: sounds of any length and value through the whole way", () => {
  const sound = fc.float32Array({ minLength: 129, maxLength: 700, min: -1, max: 1, noNaN: true });
  fc.assert(
    fc.property(sound, (values) => {
      const narrow = bandpass(resample(values, { from: 8000, to: SAMPLE_RATE }), {
        sampleRate: SAMPLE_RATE,
        low: 50,
        high: 1900,
      });
      const mel = melSpectrogram(narrow, preset);
      for (const { data } of [mel, logMel(narrow, preset), pcen(mel, preset), mfcc(logMel(narrow, preset))]) {
        expect(data.every(Number.isFinite)).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});
