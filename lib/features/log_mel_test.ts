import { expect } from "expect";
import type { FeaturePreset } from "./feature_preset.ts";
import { cases, expectMatrix, goldenSignal, transpose } from "./fixtures/goldens.ts";
import { logMel } from "./log_mel.ts";
import m2d from "./goldens/m2d.json" with { type: "json" };
import { presets } from "./presets.ts";

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
