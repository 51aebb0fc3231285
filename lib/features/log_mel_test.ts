import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import type { FeaturePreset } from "./feature_preset.ts";
import { cases, expectMatrix, goldenSignal, transpose } from "./fixtures/goldens.ts";
import type { InputOptions } from "./input_options.ts";
import { logMel } from "./log_mel.ts";
import m2d from "./goldens/m2d.json" with { type: "json" };
import { openInput } from "./open_input.ts";
import { type PresetName, presets } from "./presets.ts";

const presetOf: Record<string, FeaturePreset> = {
  respirenet: presets.respirenet,
  cinc32: presets.pcg,
  cinc64: { ...presets.pcg, nFft: 512, nMels: 64, melScale: "htk", melNorm: "none" },
  np2: { ...presets.pcg, nFft: 100, winLength: 100, hopLength: 40, nMels: 12 },
};
const logs = {
  db_refmax_top80: { kind: "decibel", reference: "max", topDb: 80 },
  db_ref1_top80: { kind: "decibel", reference: 1, topDb: 80 },
  db_ref1_notop: { kind: "decibel", reference: 1, topDb: null },
} as const;

for (
  const { id, setting, signal, out } of cases.filter(({ setting, signal }) => setting in presetOf && signal !== "empty")
) {
  const preset = presetOf[setting];
  const samples = Float32Array.from(goldenSignal(signal, preset.sampleRate));
  Deno.test(`logMel() is librosa's within 1e-3 dB for ${id}`, () => {
    for (const [quantity, log] of Object.entries(logs)) {
      const { data, frames, nMels } = logMel(samples, { ...preset, log });
      expectMatrix(transpose({ data, rows: frames, columns: nMels }), out[quantity], { absolute: 1e-3 });
    }
  });
}

/** Kaldi and dbres cases hold frames as rows, torchaudio's bands. */
const others: [setting: string, preset: FeaturePreset, quantity: string, turned: boolean][] = [
  ["scl", { ...presets.scl, normalization: { kind: "none" } }, "db_notop", true],
  [
    "scl",
    { ...presets.scl, log: { kind: "decibel", reference: 1, topDb: 80 }, normalization: { kind: "none" } },
    "db_top80",
    true,
  ],
  ["scl", presets.scl, "scl_minmax_standardized", true],
  ["ast", { ...presets.ast, normalization: { kind: "none" } }, "fbank", false],
  ["ast", presets.ast, "ast_norm", false],
  ["ast80", { ...presets.ast, nMels: 80, normalization: { kind: "none" } }, "fbank", false],
  ["ast80", { ...presets.ast, nMels: 80 }, "ast_norm", false],
  ["povey80", { ...presets.ast, nMels: 80, window: "povey", normalization: { kind: "none" } }, "fbank", false],
  ["povey80", { ...presets.ast, nMels: 80, window: "povey" }, "ast_norm", false],
  ["dbres", presets.dbres, "logmel", false],
];

for (const [setting, preset, quantity, turned] of others) {
  for (const { id, signal, out } of cases.filter((golden) => golden.setting === setting)) {
    const samples = Float32Array.from(goldenSignal(signal, preset.sampleRate));
    const golden = out[quantity] as { shape: number[] } | string | undefined;
    // torchaudio refuses what is shorter than a window, Kaldi gives no frame, as here; constant input is 0 / 0 in the original.
    if (typeof golden !== "object" || golden.shape[0] === 0) continue;
    Deno.test(`logMel() gives ${quantity} of ${id} as the original does`, () => {
      const { data, frames, nMels } = logMel(samples, preset);
      const found = { data, rows: frames, columns: nMels };
      expectMatrix(turned ? transpose(found) : found, golden, { absolute: 1e-3 });
    });
  }
}

for (const { id, signal, logmel } of m2d.cases) {
  Deno.test(`logMel() is librosa's within 1e-3 for ${id}`, () => {
    const { data, frames, nMels } = logMel(Float32Array.from(goldenSignal(signal, 16000)), presets.m2d);
    expectMatrix(transpose({ data, rows: frames, columns: nMels }), logmel, { absolute: 1e-3 });
  });
}

Deno.test("logMel() gives no frame where frames lie inside and the sound is shorter than one", () => {
  expect(logMel(new Float32Array(399).fill(0.1), presets.ast)).toMatchObject({ frames: 0, nMels: 128 });
  expect(logMel(new Float32Array(99).fill(0.1), presets.dbres)).toMatchObject({ frames: 0, nMels: 64 });
});

Deno.test("logMel() refuses to reflect what is no longer than half a frame", () => {
  expect(() => logMel(new Float32Array(512).fill(0.1), presets.scl)).toThrow(/more than 512 samples .* found 512/);
});

Deno.test("logMel() refuses no samples and NaN, and says which", () => {
  expect(() => logMel(new Float32Array(0), presets.respirenet)).toThrow(/at least one sample but found none/);
  expect(() => logMel(Float32Array.of(0, NaN), presets.respirenet)).toThrow(/found NaN at sample 1/);
  for (const preset of Object.values(presets)) {
    for (const at of [0, 600, 1199]) {
      const samples = new Float32Array(1200).fill(0.1);
      samples[at] = NaN;
      expect(() => logMel(samples, preset)).toThrow(new RegExp(`found NaN at sample ${at}`));
    }
  }
  expect(() => logMel(new Float32Array(1200).fill(1e30), presets.respirenet)).toThrow(
    /power fits 32 bits but found one of 1\.00e\+30/,
  );
});

const WINDOW = { seconds: 1, padding: "zero" } as const;

Deno.test("the values of every preset are found again from their powers, but where windows are stretched", () => {
  const random = randomStream(3, "noise");
  for (const preset of Object.keys(presets) as PresetName[]) {
    const { spectrum, bandsHz } = openInput({ preset, ...WINDOW });
    expect([preset, spectrum === undefined]).toEqual([preset, preset === "scl"]);
    if (spectrum === undefined) continue;
    const sound = Float32Array.from(
      { length: presets[preset].sampleRate },
      (_, n) => random.normal() * (n % 999) / 999,
    );
    const { data } = logMel(sound, presets[preset]);
    const again = spectrum.values(spectrum.powers(data));
    expect(Math.max(...again.map((value, i) => Math.abs(value - data[i])))).toBeLessThan(1e-3);
    expect(spectrum.bandsHz).toEqual(bandsHz);
  }
});

Deno.test("twice the sound is 6 dB more power, whatever a preset's unit is", () => {
  const sound = Float32Array.from({ length: 16000 }, (_, n) => Math.sin(n * n / 9e4));
  for (const preset of ["ast", "dbres", "m2d"] as const) {
    const { powers } = openInput({ preset, ...WINDOW }).spectrum!;
    const [once, twice] = [0.1, 0.2].map((factor) =>
      powers(logMel(sound.map((x) => factor * x), presets[preset]).data)
    );
    const loudest = once.indexOf(Math.max(...once));
    expect(twice[loudest] / once[loudest]).toBeCloseTo(4, 2);
  }
});

Deno.test("inputs that aren't levels by frequency have no way back to powers", () => {
  const mel = { kind: "log-mel", preset: "pcg" };
  const inputs = [{ kind: "mfcc", preset: "pcg" }, { kind: "pcen", preset: "pcg" }, { kind: "z-score", of: mel }];
  for (const input of inputs) expect(openInput({ ...input, ...WINDOW } as InputOptions).spectrum).toBeUndefined();
  expect(openInput({ kind: "gammatone", ...WINDOW } as InputOptions).spectrum?.relative).toBe(true);
});
