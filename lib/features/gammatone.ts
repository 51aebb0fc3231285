import { checkSamples } from "../audio/mod.ts";
import { InputError } from "../errors/mod.ts";
import type { Spectrogram } from "./mel_spectrogram.ts";

export interface GammatoneOptions {
  /** Hz. */
  sampleRate: number;
  /** Number of bands. @default {64} */
  nBands?: number;
  /** Centre of the lowest band, Hz. @default {50} */
  fMin?: number;
  /** Centre of the highest band, Hz. @default {0.45 * sampleRate} */
  fMax?: number;
  /** Samples from one frame to the next: each value is the mean power over so many. */
  hopLength: number;
}

/** Powers of gammatone bands over time. */
export interface Cochleagram extends Spectrogram {
  /** `[nMels]`: the centre of each band, Hz. */
  frequencies: Float64Array;
}

/**
 * The power that a cochlea's filters pass: gammatones of order 4, one ERB wide, equidistant on the ERB scale (Patterson
 * et al. 1987, Glasberg and Moore 1990). Each is a tone shifted to 0 Hz and four equal one-pole low-passes (Hohmann
 * 2002), so that short events keep their place in time, which they lose in an FFT's frame. A sine of amplitude 1 at
 * a centre comes out at 0.5. `powerToDb`, `pcen` and `mfcc` take the result.
 *
 * @returns `[ceil(n / hopLength), nBands]`, row-major.
 * @throws {InputError} for no samples, NaN, or bands outside of 0…sampleRate / 2.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { gammatone } from "./mod.ts";
 * const tone = Float32Array.from({ length: 4000 }, (_, n) => Math.sin(2 * Math.PI * 300 * n / 4000));
 * const { data, frequencies } = gammatone(tone, { sampleRate: 4000, nBands: 3, fMin: 100, fMax: 900, hopLength: 400 });
 * const last = data.subarray(-3);
 * expect(Math.abs(frequencies[last.indexOf(Math.max(...last))] - 300)).toBeLessThan(120);
 * ```
 */
export function gammatone(samples: Float32Array, options: GammatoneOptions): Cochleagram {
  const { sampleRate, nBands = 64, fMin = 50, fMax = 0.45 * sampleRate, hopLength } = options;
  checkSamples(samples, { sampleRate, where: "gammatone()" });
  const refuse = (expected: string, found: string) => {
    throw new InputError({ expected, found, where: "gammatone()" });
  };
  if (!(Number.isInteger(nBands) && nBands > 0)) refuse("nBands to be a whole number above 0", `${nBands}`);
  if (!(Number.isInteger(hopLength) && hopLength > 0)) refuse("hopLength to be a whole number above 0", `${hopLength}`);
  if (!(fMin > 0 && fMin <= fMax && fMax < sampleRate / 2)) {
    refuse(`0 Hz < fMin <= fMax < ${sampleRate / 2} Hz`, `${fMin} Hz and ${fMax} Hz`);
  }
  const frequencies = erbFrequencies(nBands, fMin, fMax);
  const frames = Math.ceil(samples.length / hopLength);
  const data = new Float32Array(frames * nBands);
  frequencies.forEach((frequency, band) => {
    filterBand(samples, { frequency, sampleRate, hopLength }, (frame, power) => data[frame * nBands + band] = power);
  });
  return { data, frames, nMels: nBands, frequencies };
}

/** Width of the auditory filter at `hz`: its equivalent rectangular bandwidth, Hz (Glasberg and Moore 1990). */
export function erb(hz: number): number {
  return 24.7 * (4.37 * hz / 1000 + 1);
}

/** Centres of bands, Hz, equidistant in the number of ERBs below, `21.4 log10(1 + 4.37 f / 1000)`. */
export function erbFrequencies(count: number, fMin: number, fMax: number): Float64Array {
  const number = (hz: number) => 21.4 * Math.log10(1 + 4.37 * hz / 1000);
  const step = count > 1 ? (number(fMax) - number(fMin)) / (count - 1) : 0;
  return Float64Array.from({ length: count }, (_, i) => 1000 / 4.37 * (10 ** ((number(fMin) + i * step) / 21.4) - 1));
}

function filterBand(
  samples: Float32Array,
  { frequency, sampleRate, hopLength }: { frequency: number; sampleRate: number; hopLength: number },
  take: (frame: number, power: number) => void,
): void {
  const decay = Math.exp(-2 * Math.PI * 1.019 * erb(frequency) / sampleRate);
  // Two for the half of a real tone that the shift moves to twice its frequency, half for the mean of a squared sine.
  const gain = 2 * (1 - decay) ** 8;
  const turnCos = Math.cos(2 * Math.PI * frequency / sampleRate),
    turnSin = -Math.sin(2 * Math.PI * frequency / sampleRate);
  let cos = 1, sin = 0;
  let aRe = 0, aIm = 0, bRe = 0, bIm = 0, cRe = 0, cIm = 0, dRe = 0, dIm = 0;
  let sum = 0;
  for (let n = 0; n < samples.length; n++) {
    aRe = aRe * decay + samples[n] * cos;
    aIm = aIm * decay + samples[n] * sin;
    bRe = bRe * decay + aRe;
    bIm = bIm * decay + aIm;
    cRe = cRe * decay + bRe;
    cIm = cIm * decay + bIm;
    dRe = dRe * decay + cRe;
    dIm = dIm * decay + cIm;
    sum += dRe * dRe + dIm * dIm;
    [cos, sin] = [cos * turnCos - sin * turnSin, cos * turnSin + sin * turnCos];
    if ((n + 1) % hopLength === 0 || n + 1 === samples.length) {
      take(Math.floor(n / hopLength), gain * sum / (n % hopLength + 1));
      sum = 0;
    }
  }
}
