import { cases, expectMatrix, type GoldenMatrix, goldenSignal, transpose } from "./fixtures/goldens.ts";
import { type MelOptions, melSpectrogram } from "./mel_spectrogram.ts";
import { presets } from "./presets.ts";

const settings: Record<string, [options: MelOptions, quantity: string]> = {
  respirenet: [presets.respirenet, "mel"],
  cinc32: [presets.pcg, "mel"],
  cinc64: [{ ...presets.pcg, nFft: 512, nMels: 64, melScale: "htk", melNorm: "none" }, "mel"],
  scl: [presets.scl, "mel_float64_basis"],
  np2: [{ ...presets.pcg, nFft: 100, winLength: 100, hopLength: 40, nMels: 12 }, "mel"],
};

for (const { id, setting, signal, out } of cases) {
  const [options, quantity] = settings[setting] ?? [];
  if (!options || !quantity || !out[quantity] || signal === "empty") continue;
  Deno.test(`melSpectrogram() is the reference's for ${id}`, () => {
    const samples = Float32Array.from(goldenSignal(signal, options.sampleRate));
    const { data, frames, nMels } = melSpectrogram(samples, options);
    const golden = out[quantity] as GoldenMatrix;
    // 32 bits: the rounding of the loudest bin, squared, stands below what counts (1e-6 of the largest level).
    const floor = Math.max(1e-6 * golden.max!, 1e-6);
    expectMatrix(transpose({ data, rows: frames, columns: nMels }), golden, { relative: 1e-4, floor });
  });
}
