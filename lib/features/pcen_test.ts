import { expect } from "expect";
import { cases, expectMatrix, goldens, goldenSignal, transpose } from "./fixtures/goldens.ts";
import { melSpectrogram } from "./mel_spectrogram.ts";
import { pcen, type PcenOptions } from "./pcen.ts";
import { presets } from "./presets.ts";

const row = goldens.pcen_row;
const rate = { sampleRate: row.args.sr, hopLength: row.args.hop_length };

for (
  const [name, options, wanted] of [
    ["its defaults", {}, row.out],
    ["power 0", { power: 0 }, row.out_power0],
    ["bias 0", { bias: 0 }, row.out_bias0],
  ] satisfies [string, Partial<PcenOptions>, number[]][]
) {
  Deno.test(`pcen() is librosa's for ${name}`, () => {
    const levels = { data: Float32Array.from(row.in), frames: row.in.length, nMels: 1 };
    pcen(levels, { ...rate, ...options }).data.forEach((value, i) => {
      expect(Math.abs(value - wanted[i])).toBeLessThanOrEqual(1e-5 * wanted[i]);
    });
  });
}

Deno.test("pcen() takes the loudest of three bands as librosa does", () => {
  const data = Float32Array.from({ length: 4 * row.in.length }, (_, k) => row.in[k >> 2] * (1 + k % 4));
  const found = pcen({ data, frames: row.in.length, nMels: 4 }, { ...rate, maxSize: 3 });
  expectMatrix(
    transpose({ data: found.data, rows: row.in.length, columns: 4 }),
    { shape: [4, row.in.length], data: row.out_max_size3 },
    { relative: 1e-5 },
  );
});

for (
  const { id, signal, out } of cases.filter(({ setting, signal }) => setting === "respirenet" && signal !== "empty")
) {
  Deno.test(`pcen() is librosa's for ${id}`, () => {
    const mel = melSpectrogram(Float32Array.from(goldenSignal(signal, 4000)), presets.respirenet);
    const scaled = { ...mel, data: mel.data.map((level) => level * 2 ** 31) };
    const alternative = { gain: 0.8, bias: 10, power: 0.25, timeConstant: 0.06 };
    for (const [name, options] of [["pcen", {}], ["pcen_alt", alternative]] as const) {
      const { data, frames, nMels } = pcen(scaled, { sampleRate: 4000, hopLength: 128, ...options });
      expectMatrix(transpose({ data, rows: frames, columns: nMels }), out[name], { relative: 1e-3, absolute: 1e-6 });
    }
  });
}

Deno.test("pcen() refuses negative levels and a time constant of 0", () => {
  const levels = { data: Float32Array.of(1, -1), frames: 2, nMels: 1 };
  expect(() => pcen(levels, rate)).toThrow(/not negative but found -1/);
  expect(() => pcen({ ...levels, data: Float32Array.of(1, 1) }, { ...rate, timeConstant: 0 })).toThrow(
    /above 0 s but found 0/,
  );
});
