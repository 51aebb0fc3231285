import { expect } from "expect";
import { delta } from "./delta.ts";
import { cases, expectMatrix, type GoldenMatrix, goldens, goldenSignal, transpose } from "./fixtures/goldens.ts";
import { logMel } from "./log_mel.ts";
import { mfcc } from "./mfcc.ts";
import { presets } from "./presets.ts";

const row = goldens.delta_row;

Deno.test("delta() is librosa's on a row, its ends included", () => {
  const data = Float32Array.from(row.in);
  delta(data, { columns: 1 }).forEach((value, i) => expect(value).toBeCloseTo(row.delta[i], 5));
  delta(data, { columns: 1, order: 2 }).forEach((value, i) => expect(value).toBeCloseTo(row.delta2[i], 5));
  delta(data, { columns: 1, mode: "nearest" }).forEach((value, i) => {
    expect(value).toBeCloseTo(row.delta_mode_nearest[i], 5);
  });
  delta(data, { columns: 1, width: 5 }).forEach((value, i) => expect(value).toBeCloseTo(row.delta_width5[i], 5));
});

for (
  const { id, signal, out } of cases.filter(({ setting, signal }) => setting === "respirenet" && signal !== "empty")
) {
  Deno.test(`mfcc() and delta() are librosa's for ${id}`, () => {
    const samples = Float32Array.from(goldenSignal(signal, 4000));
    const log = { kind: "decibel", reference: 1, topDb: 80 } as const;
    const spectrogram = logMel(samples, { ...presets.respirenet, log });
    for (const nMfcc of [13, 20]) {
      const { data, frames } = mfcc(spectrogram, { nMfcc });
      expectMatrix(transpose({ data, rows: frames, columns: nMfcc }), out[`mfcc${nMfcc}`], { absolute: 2e-3 });
    }
    const { data, frames } = mfcc(spectrogram, { nMfcc: 13 });
    for (const [name, order] of [["delta", 1], ["delta2", 2]] as const) {
      const derive = () => delta(data, { columns: 13, order });
      if (out.errors?.[name]) expect(derive).toThrow(/at least 9 frames \(width\) but found/);
      else {expectMatrix(transpose({ data: derive(), rows: frames, columns: 13 }), out[name] as GoldenMatrix, {
          absolute: 1e-3,
        });}
    }
  });
}

Deno.test("mfcc() is the orthonormal DCT-II of scipy", () => {
  const golden = goldens.dct2_ortho;
  const { data } = mfcc({ data: Float32Array.from(golden.in), frames: 1, nMels: golden.in.length }, {
    nMfcc: golden.in.length,
  });
  data.forEach((value, i) => expect(value).toBeCloseTo(golden.out[i], 5));
});

Deno.test("mfcc() refuses more coefficients than bands, delta() an even width", () => {
  expect(() => mfcc({ data: new Float32Array(12), frames: 1, nMels: 12 }, { nMfcc: 13 })).toThrow(
    /1 to nMels \(12\) but found 13/,
  );
  expect(() => delta(new Float32Array(12), { columns: 1, width: 4 })).toThrow(/odd number .* found 4/);
  expect(() => delta(new Float32Array(12), { columns: 5 })).toThrow(/rows of 5 values but found 12 values/);
});
