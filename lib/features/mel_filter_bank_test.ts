import { expect } from "expect";
import { expectMatrix, goldens } from "./fixtures/goldens.ts";
import { melFilterBank } from "./mel_filter_bank.ts";

for (const golden of goldens.mel_bases) {
  const { sr, n_fft, n_mels, fmin, fmax, htk, norm } = golden;
  const scale = htk ? "htk" : "slaney";
  Deno.test(`melFilterBank() is librosa's for ${sr}/${n_fft}/${n_mels} ${scale}, norm ${norm}`, () => {
    const bank = melFilterBank({
      sampleRate: sr,
      nFft: n_fft,
      nMels: n_mels,
      fMin: fmin,
      fMax: fmax,
      melScale: scale,
      melNorm: norm === "slaney" ? "slaney" : "none",
    });
    const columns = n_fft / 2 + 1;
    expectMatrix({ data: bank, rows: n_mels, columns }, { shape: [n_mels, columns], proj: golden.proj }, {
      relative: 1e-8,
    });
    golden.row_sums.forEach((sum, row) => {
      const found = bank.subarray(row * columns, (row + 1) * columns).reduce((a, b) => a + b);
      expect(Math.abs(found / sum - 1)).toBeLessThan(1e-7); // the file holds nine digits
    });
    for (const [row, weights] of Object.entries(golden.rows)) {
      const found = bank.subarray(Number(row) * columns, (Number(row) + 1) * columns);
      expect(found.filter((weight) => weight > 0).length).toBe(weights.length);
      for (const [bin, weight] of weights) expect(Math.abs(found[bin] / weight - 1)).toBeLessThan(1e-8);
    }
  });
}

Deno.test("melFilterBank() is Kaldi's for AST, the silent band 3 included", () => {
  const bank = melFilterBank({
    sampleRate: 16000,
    nFft: 512,
    nMels: 128,
    fMin: 20,
    melScale: "htk",
    melNorm: "none",
    triangles: "mel",
    emptyBands: "keep",
  });
  const { row_sums } = goldens.kaldi_mel_16000_512_128;
  row_sums.forEach((sum, row) => {
    const found = bank.subarray(row * 257, (row + 1) * 257).reduce((a, b) => a + b);
    expect(Math.abs(found - sum)).toBeLessThan(1e-3); // torchaudio holds the bank in 32 bits
  });
  expect(bank.subarray(3 * 257, 4 * 257).every((weight) => weight === 0)).toBe(true);
});

Deno.test("melFilterBank() is that of the Dual Bayesian ResNet", () => {
  const bank = melFilterBank({
    sampleRate: 4000,
    nFft: 128,
    nMels: 64,
    fMin: 10,
    fMax: 2000,
    melScale: "htk",
    melNorm: "none",
    triangles: "mel",
  });
  goldens.dbres_mel.row_sums.forEach((sum, row) => {
    expect(bank.subarray(row * 65, (row + 1) * 65).reduce((a, b) => a + b)).toBeCloseTo(sum, 8);
  });
  for (const [row, weights] of Object.entries(goldens.dbres_mel.rows)) {
    for (const [bin, weight] of weights) expect(bank[Number(row) * 65 + bin]).toBeCloseTo(weight, 9);
  }
});

Deno.test("melFilterBank() finds the empty bands that librosa leaves silent, and the nFft that has none", () => {
  for (const scan of goldens.empty_filter_scan) {
    const options = { sampleRate: scan.sr, nMels: scan.n_mels, fMin: scan.fmin, fMax: scan.fmax };
    const melScale = scan.htk ? "htk" as const : "slaney" as const;
    scan.n_fft.forEach((nFft, i) => {
      const build = () => melFilterBank({ ...options, nFft, melScale, melNorm: "none" });
      if (scan.empty[i] === 0) build();
      else expect(build).toThrow(new RegExp(`found none in ${scan.empty[i]} of ${scan.n_mels} \\(band`));
    });
  }
  const tooShort = () => melFilterBank({ sampleRate: 2000, nFft: 50, nMels: 32, fMin: 25, fMax: 400 });
  expect(tooShort).toThrow(/in 14 of 32 \(bands 2, 5, 6, .*: use nFft 128 \(winLength may stay\), or fewer bands/);
});

Deno.test("melFilterBank() refuses edges that don't fit the sample rate", () => {
  const bank = (change: object) => () => melFilterBank({ sampleRate: 4000, nFft: 256, nMels: 64, ...change });
  expect(bank({ fMax: 8000 })).toThrow(/at most half the sample rate \(2000 Hz\) but found 8000 Hz/);
  expect(bank({ fMin: 500, fMax: 100 })).toThrow(/fMin to be from 0 to below fMax \(100 Hz\) but found 500 Hz/);
  expect(bank({ sampleRate: 0 })).toThrow(/sampleRate above 0 Hz but found 0/);
  expect(bank({ nMels: 0 })).toThrow(/nMels .* found 0/);
  expect(bank({ nFft: NaN })).toThrow(/nFft .* found NaN/);
});
