import { InputError } from "../errors/mod.ts";
import { complexFft } from "./fft/complex_fft.ts";

/** The Fourier transform of real frames of one length. */
export interface RealFft {
  /** Length of a frame. */
  readonly nFft: number;
  /** Number of bins, `floor(nFft / 2) + 1`. */
  readonly nBins: number;
  /**
   * @param frame `[nFft]`
   * @param spectrum `[nBins, 2]`, real and imaginary part of each bin, is written.
   */
  forward(frame: Float32Array, spectrum: Float32Array): void;
  /**
   * @param spectrum `[nBins, 2]`; the imaginary parts that a real frame hasn't (bin 0, bin nFft / 2) are ignored.
   * @param frame `[nFft]` is written, scaled so that it undoes `forward`.
   */
  inverse(spectrum: Float32Array, frame: Float32Array): void;
}

const transforms = new Map<number, RealFft>();

/**
 * The real Fourier transform of `nFft` points, any number above 0: by PFFFT (32 bits, SIMD) where it has the length, in
 * TypeScript (64 bits inside) otherwise. One transform a length is made and kept; it is not to be called from within itself.
 *
 * @throws {InputError} unless `nFft` is a whole number above 0.
 *
 * @example A cosine of 3 periods stands in bin 3
 * ```ts
 * import { expect } from "expect";
 * import { realFft } from "./mod.ts";
 * const spectrum = new Float32Array(2 * 9);
 * realFft(16).forward(Float32Array.from({ length: 16 }, (_, i) => Math.cos(2 * Math.PI * 3 * i / 16)), spectrum);
 * expect(spectrum[2 * 3]).toBeCloseTo(8);
 * ```
 */
export function realFft(nFft: number): RealFft {
  if (!Number.isInteger(nFft) || nFft < 1) {
    throw new InputError({ expected: "an FFT of one sample or more", found: `${nFft}`, where: "realFft()" });
  }
  let transform = transforms.get(nFft);
  if (transform === undefined) {
    transform = pffft !== undefined && pffftHas(nFft) ? pffftTransform(pffft, nFft) : ownTransform(nFft);
    transforms.set(nFft, transform);
  }
  return transform;
}

/** The part of PFFFT's WebAssembly module that is used; pointers are byte offsets into its memory. */
interface Pffft {
  HEAPF32: Float32Array;
  _pffft_new_setup(n: number, kind: number): number;
  _pffft_aligned_malloc(bytes: number): number;
  _pffft_transform_ordered(setup: number, input: number, output: number, work: number, direction: number): void;
}

/** PFFFT with SIMD on Deno and Node; a page that was opened from disk can't fetch its file and does with TypeScript. */
const pffft: Pffft | undefined = await loadPffft();

async function loadPffft(): Promise<Pffft | undefined> {
  if (!("process" in globalThis) || "document" in globalThis) return undefined;
  const { default: create } = await import("@echogarden/pffft-wasm/simd") as unknown as PffftModule;
  return await create();
}

interface PffftModule {
  default: () => Promise<Pffft>;
}

/** PFFFT's lengths: multiples of 32 without prime factors above 5. Long ones are rare; their memory
 * is left to the garbage collector. */
function pffftHas(nFft: number): boolean {
  let rest = nFft;
  for (const prime of [2, 3, 5]) while (rest % prime === 0) rest /= prime;
  return nFft % 32 === 0 && rest === 1 && nFft <= 16384;
}

function pffftTransform(module: Pffft, nFft: number): RealFft {
  const setup = module._pffft_new_setup(nFft, 0);
  const input = module._pffft_aligned_malloc(4 * nFft);
  const output = module._pffft_aligned_malloc(4 * nFft);
  const work = module._pffft_aligned_malloc(4 * nFft);
  const nBins = nFft / 2 + 1;
  // Memory that has grown is a new array: views are taken again where theirs is gone.
  let inputView: Float32Array = new Float32Array(0), outputView: Float32Array = inputView;
  const views = () => {
    if (inputView.length === nFft) return;
    inputView = new Float32Array(module.HEAPF32.buffer, input, nFft);
    outputView = new Float32Array(module.HEAPF32.buffer, output, nFft);
  };
  return {
    nFft,
    nBins,
    forward(frame, spectrum) {
      views();
      inputView.set(frame);
      module._pffft_transform_ordered(setup, input, output, work, 0);
      spectrum.set(outputView);
      // PFFFT keeps the last bin, which is real, in the imaginary part of the first.
      spectrum[nFft] = outputView[1];
      spectrum[1] = spectrum[nFft + 1] = 0;
    },
    inverse(spectrum, frame) {
      views();
      inputView.set(spectrum.subarray(0, nFft));
      inputView[1] = spectrum[nFft];
      module._pffft_transform_ordered(setup, input, output, work, 1);
      for (let i = 0; i < nFft; i++) frame[i] = outputView[i] / nFft;
    },
  };
}

/** Even lengths by a complex transform of half the length (Oppenheim and Schafer, problem 8.19), odd ones plainly. */
function ownTransform(nFft: number): RealFft {
  return nFft % 2 === 0 ? evenTransform(nFft) : oddTransform(nFft);
}

function evenTransform(nFft: number): RealFft {
  const half = nFft / 2;
  const fft = complexFft(half);
  const re = new Float64Array(half), im = new Float64Array(half);
  const cos = Float64Array.from({ length: half + 1 }, (_, k) => Math.cos(2 * Math.PI * k / nFft));
  const sin = Float64Array.from({ length: half + 1 }, (_, k) => Math.sin(2 * Math.PI * k / nFft));
  return {
    nFft,
    nBins: half + 1,
    forward(frame, spectrum) {
      for (let k = 0; k < half; k++) {
        re[k] = frame[2 * k];
        im[k] = frame[2 * k + 1];
      }
      fft(re, im);
      for (let k = 0; k <= half; k++) {
        const a = k % half, b = (half - k) % half;
        const evenRe = (re[a] + re[b]) / 2, evenIm = (im[a] - im[b]) / 2;
        const oddRe = (im[a] + im[b]) / 2, oddIm = (re[b] - re[a]) / 2;
        spectrum[2 * k] = evenRe + oddRe * cos[k] + oddIm * sin[k];
        spectrum[2 * k + 1] = k % half === 0 ? 0 : evenIm + oddIm * cos[k] - oddRe * sin[k];
      }
    },
    inverse(spectrum, frame) {
      for (let k = 0; k < half; k++) {
        const aRe = spectrum[2 * k], bRe = spectrum[nFft - 2 * k];
        const aIm = k === 0 ? 0 : spectrum[2 * k + 1], bIm = k === 0 ? 0 : -spectrum[nFft - 2 * k + 1];
        const oddRe = (aRe - bRe) * cos[k] - (aIm - bIm) * sin[k];
        const oddIm = (aRe - bRe) * sin[k] + (aIm - bIm) * cos[k];
        re[k] = aRe + bRe - oddIm;
        im[k] = aIm + bIm + oddRe;
      }
      fft(im, re); // swapped: the inverse
      for (let k = 0; k < half; k++) {
        frame[2 * k] = re[k] / nFft;
        frame[2 * k + 1] = im[k] / nFft;
      }
    },
  };
}

function oddTransform(nFft: number): RealFft {
  const fft = complexFft(nFft);
  const re = new Float64Array(nFft), im = new Float64Array(nFft);
  const nBins = (nFft + 1) / 2;
  return {
    nFft,
    nBins,
    forward(frame, spectrum) {
      re.set(frame);
      im.fill(0);
      fft(re, im);
      for (let k = 0; k < nBins; k++) {
        spectrum[2 * k] = re[k];
        spectrum[2 * k + 1] = k === 0 ? 0 : im[k];
      }
    },
    inverse(spectrum, frame) {
      for (let k = 0; k < nBins; k++) {
        re[k] = re[(nFft - k) % nFft] = spectrum[2 * k];
        im[k] = k === 0 ? 0 : spectrum[2 * k + 1];
        if (k > 0) im[nFft - k] = -im[k];
      }
      fft(im, re); // swapped: the inverse
      for (let i = 0; i < nFft; i++) frame[i] = re[i] / nFft;
    },
  };
}
