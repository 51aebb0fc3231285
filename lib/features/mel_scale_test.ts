import { expect } from "expect";
import { goldens } from "./fixtures/goldens.ts";
import { bandAxis, hzToMel, melFrequencies, melToHz } from "./mel_scale.ts";
import { presets } from "./presets.ts";

const { hz, mel_slaney, mel_htk, mel_frequencies_slaney, mel_frequencies_htk } = goldens.scales;

Deno.test("hzToMel() is librosa's on both scales", () => {
  hz.forEach((value, i) => {
    expect(hzToMel(value)).toBeCloseTo(mel_slaney[i], 9);
    expect(hzToMel(value, "htk")).toBeCloseTo(mel_htk[i], 8);
  });
});

Deno.test("melToHz() undoes hzToMel()", () => {
  for (const scale of ["slaney", "htk"] as const) {
    for (const value of hz) expect(melToHz(hzToMel(value, scale), scale)).toBeCloseTo(value, 9);
  }
});

Deno.test("melFrequencies() is librosa's on both scales", () => {
  for (const [scale, golden] of [["slaney", mel_frequencies_slaney], ["htk", mel_frequencies_htk]] as const) {
    const [count, fMin, fMax] = golden.args;
    melFrequencies(count, { fMin, fMax, scale }).forEach((value, i) => expect(value).toBeCloseTo(golden.hz[i], 8));
  }
});

Deno.test("bandAxis() holds the frequency at which each band is strongest", () => {
  const axis = bandAxis(presets.respirenet);
  expect(axis.length).toBe(64);
  // 50-2000 Hz are 0.75 to 25.0819 Mel (librosa): the first peak is 1/65 of the way, on the linear part.
  expect(axis[0]).toBeCloseTo((0.75 + (25.0818801573 - 0.75) / 65) * 200 / 3, 6);
  expect(axis[63]).toBeLessThan(2000);
});
