import { checkSamples } from "../audio/mod.ts";
import { InputError } from "../errors/mod.ts";
import { frameCount, type FrameLayout, frameLayout, type FrameOptions } from "./frame_layout.ts";
import {
  kernelHas,
  type LogStep,
  type MelKernel,
  melKernel,
  type MelKernelOptions,
  type MelLevels,
} from "./kernel/mel_kernel.ts";
import { melFilterBank, type MelFilterBankOptions } from "./mel_filter_bank.ts";
import { forEachSpectrum } from "./stft.ts";

/** Levels of Mel bands over time. */
export interface Spectrogram {
  /** `[frames, nMels]`, row-major: the bands of a frame stand together. */
  data: Float32Array;
  frames: number;
  nMels: number;
}

export interface MelOptions extends FrameOptions, MelFilterBankOptions {
  /** Exponent of the magnitude: 2 is power, 1 magnitude. @default {2} */
  power?: 1 | 2;
}

/**
 * Mel spectrogram, as librosa 0.11 `feature.melspectrogram` (transposed: frames are rows).
 *
 * @throws {InputError} for no samples, NaN, lengths that don't fit, or Mel bands without an FFT bin.
 */
export function melSpectrogram(samples: Float32Array, options: MelOptions): Spectrogram {
  const { data, frames } = melLevels(samples, options);
  return { data, frames, nMels: options.nMels };
}

/** Kernels are kept, for the same preset is asked for thousands of times; the oldest goes first. */
const kernels = new Map<string, MelKernel>();
const KEPT = 8;

/**
 * Levels of the bands, with the logarithm where it is given: by WebAssembly where it has the length of the transform,
 * else in TypeScript.
 *
 * @throws {InputError} for no samples, NaN, values whose power overflows, or options that don't fit.
 */
export function melLevels(samples: Float32Array, options: MelOptions, log?: LogStep): MelLevels {
  const layout = frameLayout(options);
  const where = "melSpectrogram()";
  // A NaN inside a frame makes the largest level NaN; only samples between frames must be looked at one by one.
  if (!layout.center || 2 * layout.hopLength > layout.winLength) checkSamples(samples, { where });
  const levels = kernelOf(layout, options, log)(samples);
  if (levels.largest < Infinity) return levels;
  checkSamples(samples, { where });
  throw new InputError({
    expected: "samples whose power fits 32 bits",
    found: `one of ${samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0).toPrecision(3)}`,
    where,
    remedy: "divide them by their maximum",
  });
}

function kernelOf(layout: FrameLayout, options: MelOptions, log?: LogStep): MelKernel {
  const { sampleRate, nMels, fMin, fMax, melScale, melNorm, triangles, emptyBands, power = 2 } = options;
  const bank = { sampleRate, nMels, fMin, fMax, melScale, melNorm, triangles, emptyBands, nFft: layout.nFft };
  const key = JSON.stringify([layout, bank, power, log]);
  let kernel = kernels.get(key);
  if (kernel === undefined) {
    const kernelOptions = { layout, bank: melFilterBank(bank), nMels, power, log };
    kernel = kernelHas(layout.nFft) ? melKernel(kernelOptions) : plainKernel(kernelOptions);
    if (kernels.size === KEPT) kernels.delete(kernels.keys().next().value!);
    kernels.set(key, kernel);
  }
  return kernel;
}

/** The same in TypeScript: for lengths that the kernel hasn't, and to test it. */
export function plainKernel({ layout, bank, nMels, power, log }: MelKernelOptions): MelKernel {
  const nBins = Math.floor(layout.nFft / 2) + 1;
  return (samples) => {
    const frames = frameCount(samples.length, layout);
    const data = new Float32Array(frames * nMels);
    const level = new Float64Array(nBins);
    let largest = 0;
    forEachSpectrum(samples, layout, (frame, spectrum) => {
      for (let bin = 0; bin < nBins; bin++) {
        const square = spectrum[2 * bin] ** 2 + spectrum[2 * bin + 1] ** 2;
        level[bin] = power === 2 ? square : Math.sqrt(square);
      }
      for (let band = 0; band < nMels; band++) {
        let sum = 0;
        for (let bin = 0; bin < nBins; bin++) sum += bank[band * nBins + bin] * level[bin];
        largest = Math.max(largest, Math.fround(sum));
        data[frame * nMels + band] = log ? log.scale * Math.log(Math.max(sum + log.offset, log.floor)) : sum;
      }
    });
    return { data, frames, largest };
  };
}
