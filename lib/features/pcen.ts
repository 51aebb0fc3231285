import { InputError } from "../errors/mod.ts";
import type { Spectrogram } from "./mel_spectrogram.ts";

/** Options of {@linkcode pcen}, named and set as in librosa. */
export interface PcenOptions {
  /** Hz. */
  sampleRate: number;
  /** Samples from frame to frame. */
  hopLength: number;
  /** Strength of the gain control, 0 to 1. @default {0.98} */
  gain?: number;
  /** @default {2} */
  bias?: number;
  /** Exponent of the compression; 0 is a logarithm. @default {0.5} */
  power?: number;
  /** Memory of the gain control, seconds. @default {0.4} */
  timeConstant?: number;
  /** @default {1e-6} */
  eps?: number;
  /** Bands whose largest level drives the gain control of the middle one (SuperFlux). @default {1} */
  maxSize?: number;
}

/** librosa's `eps`. */
export const PCEN_EPS = 1e-6;

/**
 * Per-channel energy normalisation (Wang et al. 2017), as librosa 0.11 `pcen`: levels divided by their own smoothed
 * past, then compressed. librosa's defaults are made for 32-bit integers: multiply a Mel spectrogram of samples in
 * [-1, 1] by `2 ** 31` first.
 *
 * @throws {InputError} for negative levels or parameters outside of their range.
 */
export function pcen({ data, frames, nMels }: Spectrogram, options: PcenOptions): Spectrogram {
  const { sampleRate, hopLength, gain = 0.98, bias = 2, power = 0.5, timeConstant = 0.4, eps = PCEN_EPS, maxSize = 1 } =
    options;
  const refuse = (expected: string, found: number) => {
    throw new InputError({ expected, found: `${found}`, where: "pcen()" });
  };
  if (!(sampleRate > 0 && sampleRate < Infinity)) refuse("a sampleRate above 0 Hz", sampleRate);
  if (!(hopLength > 0)) refuse("hopLength to be above 0", hopLength);
  if (!(gain >= 0)) refuse("gain to be at least 0", gain);
  if (!(bias >= 0)) refuse("bias to be at least 0", bias);
  if (!(power >= 0)) refuse("power to be at least 0", power);
  if (!(timeConstant > 0)) refuse("timeConstant to be above 0 s", timeConstant);
  if (!(eps > 0)) refuse("eps to be above 0", eps);
  if (!(Number.isInteger(maxSize) && maxSize > 0)) refuse("maxSize to be a whole number above 0", maxSize);
  const negative = data.findIndex((level) => !(level >= 0 && level < Infinity));
  if (negative >= 0) refuse("levels that are finite and not negative", data[negative]);

  const b = pcenSmoothing({ sampleRate, hopLength, timeConstant });
  const compress = power === 0
    ? (level: number) => Math.log1p(level)
    : bias === 0
    ? (level: number) => Math.exp(power * Math.log(level))
    : (level: number) => bias ** power * Math.expm1(power * Math.log1p(level / bias));
  const out = new Float32Array(data.length);
  const smooth = new Float64Array(nMels).fill(1); // librosa's start: as if the level had always been 1
  for (let frame = 0; frame < frames; frame++) {
    for (let band = 0; band < nMels; band++) {
      const level = data[frame * nMels + band];
      let loudest = level;
      const first = band - Math.floor(maxSize / 2);
      for (let near = Math.max(0, first); near < Math.min(nMels, first + maxSize); near++) {
        loudest = Math.max(loudest, data[frame * nMels + near]);
      }
      smooth[band] += b * (loudest - smooth[band]);
      const loudness = Math.exp(-gain * (Math.log(eps) + Math.log1p(smooth[band] / eps)));
      out[frame * nMels + band] = compress(level * loudness);
    }
  }
  return { data: out, frames, nMels };
}

/** How much of a new level goes into the smoothed past. */
export function pcenSmoothing(
  { sampleRate, hopLength, timeConstant }: Required<Pick<PcenOptions, "sampleRate" | "hopLength" | "timeConstant">>,
): number {
  const t = timeConstant * sampleRate / hopLength;
  return (Math.sqrt(1 + 4 * t * t) - 1) / (2 * t * t);
}
