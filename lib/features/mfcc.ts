import { InputError } from "../errors/mod.ts";
import { checkLevels } from "./check_levels.ts";
import type { Spectrogram } from "./mel_spectrogram.ts";

/** Coefficients over time. */
export interface Cepstrogram {
  /** `[frames, nMfcc]`, row-major. */
  data: Float32Array;
  frames: number;
  nMfcc: number;
}

/**
 * Mel-frequency cepstral coefficients: the orthonormal DCT-II over the bands of a log-Mel spectrogram, as librosa 0.11
 * `feature.mfcc(S=…)`.
 *
 * @throws {InputError} for NaN, and for more coefficients than bands (librosa gives fewer without a word).
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { logMel, mfcc, presets } from "./mod.ts";
 * const spectrogram = logMel(new Float32Array(4000).fill(0.5), presets.respirenet);
 * expect(mfcc(spectrogram, { nMfcc: 13 }).data.length).toBe(spectrogram.frames * 13);
 * ```
 */
export function mfcc({ data, frames, nMels }: Spectrogram, { nMfcc = 20 }: { nMfcc?: number } = {}): Cepstrogram {
  if (!(Number.isInteger(nMfcc) && nMfcc > 0 && nMfcc <= nMels)) {
    throw new InputError({ expected: `nMfcc to be a whole number from 1 to nMels (${nMels})`, found: `${nMfcc}` });
  }
  checkLevels(data, { where: "mfcc()" });
  const basis = dctBasis(nMels, nMfcc);
  const coefficients = new Float32Array(frames * nMfcc);
  for (let frame = 0; frame < frames; frame++) {
    for (let k = 0; k < nMfcc; k++) {
      let sum = 0;
      for (let band = 0; band < nMels; band++) sum += basis[band * nMfcc + k] * data[frame * nMels + band];
      coefficients[frame * nMfcc + k] = sum;
    }
  }
  return { data: coefficients, frames, nMfcc };
}

/** `[n, count]`: `sqrt(2 / n) cos(pi k (2 i + 1) / 2 n)`, column 0 divided by `sqrt(2)`. */
export function dctBasis(n: number, count: number): Float64Array {
  return Float64Array.from({ length: n * count }, (_, at) => {
    const i = Math.floor(at / count), k = at % count;
    return Math.sqrt((k === 0 ? 1 : 2) / n) * Math.cos(Math.PI * k * (2 * i + 1) / (2 * n));
  });
}
