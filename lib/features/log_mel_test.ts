import { expect } from "expect";
import type { FeaturePreset } from "./feature_preset.ts";
import { cases, expectMatrix, goldenSignal, transpose } from "./goldens/goldens.ts";
import { logMel } from "./log_mel.ts";
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

Deno.test("logMel() refuses no samples and NaN, and says which", () => {
  expect(() => logMel(new Float32Array(0), presets.respirenet)).toThrow(/at least one sample but found none/);
  expect(() => logMel(Float32Array.of(0, NaN), presets.respirenet)).toThrow(/found NaN at sample 1/);
});
