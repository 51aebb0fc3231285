import { checkRate } from "../audio/mod.ts";
import { frameLayout, type FrameOptions, padSamples } from "./frame_layout.ts";
import { stft } from "./stft.ts";

export interface DescribeFramesOptions extends FrameOptions {
  /** Hz. */
  sampleRate: number;
}

/** What one frame sounds like in a few numbers; a frame of silence has zeros throughout. */
export interface FrameDescription {
  /** Middle of the frame, seconds. */
  time: number;
  /** Root of the mean square of the samples. */
  rms: number;
  /** Changes of sign a second. */
  zeroCrossings: number;
  /** Centre of gravity of the spectrum, Hz. */
  spectralCentroid: number;
  /** Its standard deviation around the centroid, Hz. */
  spectralSpread: number;
  spectralSkewness: number;
  spectralKurtosis: number;
  /** Below it lie 99 % of the amplitude, Hz. */
  spectralRolloff: number;
  /** Geometric over arithmetic mean of the amplitudes: 1 is noise, 0 a tone. */
  spectralFlatness: number;
  /** Largest amplitude over the root mean square. */
  spectralCrest: number;
  /** What the amplitudes gained since the frame before, root of the sum of squares; 0 for the first. */
  spectralFlux: number;
}

/**
 * A table of descriptors, a row a frame, by Meyda's extractors. Two are not Meyda's (5.6.3): its flux compares samples,
 * not spectra, and it crosses zero in counts.
 *
 * @throws {InputError} for no samples, NaN, a rate of 0, or lengths that don't fit.
 *
 * @example A tone of 500 Hz has its centre there
 * ```ts
 * import { expect } from "expect";
 * import { describeFrames } from "./mod.ts";
 * const tone = Float32Array.from({ length: 4000 }, (_, n) => Math.sin(2 * Math.PI * 500 * n / 4000));
 * const rows = await describeFrames(tone, { sampleRate: 4000, nFft: 256 });
 * expect(rows[10].spectralCentroid).toBeCloseTo(500, 0);
 * ```
 */
export async function describeFrames(
  samples: Float32Array,
  { sampleRate, ...options }: DescribeFramesOptions,
): Promise<FrameDescription[]> {
  checkRate(sampleRate, { where: "describeFrames()" });
  const { default: module } = await import("meyda");
  // Meyda is CommonJS: its default export is what its types call the default of the default.
  const extract = (module as unknown as typeof module.default).featureExtractors;
  const layout = frameLayout(options);
  const { data, frames, nBins } = stft(samples, layout);
  const padded = padSamples(samples, layout);
  const { nFft, winLength, hopLength, center } = layout;
  const margin = center ? Math.floor((nFft - winLength) / 2) : 0;
  const binWidth = sampleRate / nFft;
  let before: Float32Array | undefined;
  return Array.from({ length: frames }, (_, frame) => {
    const ampSpectrum = Float32Array.from({ length: nBins }, (_, bin) => {
      const at = 2 * (frame * nBins + bin);
      return Math.hypot(data[at], data[at + 1]);
    });
    const start = frame * hopLength + margin;
    const signal = padded.subarray(start, start + winLength);
    const row: FrameDescription = {
      time: (frame * hopLength + (center ? 0 : winLength / 2)) / sampleRate,
      rms: extract.rms({ signal }),
      zeroCrossings: extract.zcr({ signal }) * sampleRate / winLength,
      spectralCentroid: binWidth * extract.spectralCentroid({ ampSpectrum }),
      spectralSpread: binWidth * extract.spectralSpread({ ampSpectrum }),
      spectralSkewness: extract.spectralSkewness({ ampSpectrum }),
      spectralKurtosis: extract.spectralKurtosis({ ampSpectrum }),
      spectralRolloff: extract.spectralRolloff({ ampSpectrum, sampleRate }),
      spectralFlatness: extract.spectralFlatness({ ampSpectrum }),
      spectralCrest: extract.spectralCrest({ ampSpectrum }),
      spectralFlux: before ? gain(before, ampSpectrum) : 0,
    };
    before = ampSpectrum;
    // Shares of a spectrum of zeros, and moments around a single line, are 0 / 0.
    const silent = ampSpectrum.every((amplitude) => amplitude === 0);
    for (const key of Object.keys(row) as (keyof FrameDescription)[]) {
      if (key !== "time" && (silent || !Number.isFinite(row[key]))) row[key] = 0;
    }
    return row;
  });
}

function gain(before: Float32Array, now: Float32Array): number {
  return Math.sqrt(now.reduce((sum, amplitude, bin) => sum + Math.max(0, amplitude - before[bin]) ** 2, 0));
}
