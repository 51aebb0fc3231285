import { frameCount, type FrameLayout } from "../frame_layout.ts";
import { windowFunction } from "../window_function.ts";
import { melKernelWasm } from "./mel_kernel_wasm.ts";

/** The last step on a level: `scale * ln(max(level + offset, floor))`. */
export interface LogStep {
  scale: number;
  offset: number;
  floor: number;
}

/** What a kernel is made for. */
export interface MelKernelOptions {
  layout: FrameLayout;
  /** `[nMels, nFft / 2 + 1]`. */
  bank: Float64Array;
  nMels: number;
  power: 1 | 2;
  log?: LogStep;
}

/** Levels of bands, and the largest of them before the logarithm (NaN or infinite where the samples are or overflow). */
export interface MelLevels {
  /** `[frames, nMels]`, row-major. */
  data: Float32Array;
  frames: number;
  largest: number;
}

/** Samples to levels; see mel_kernel.as. */
export type MelKernel = (samples: Float32Array) => MelLevels;

/** Frames that are computed before the results are copied out: memory does not grow with the recording. */
const BLOCK = 512;

let module: WebAssembly.Module | undefined;

/** Whether the kernel has this length: an even one without prime factors above 5. */
export function kernelHas(nFft: number): boolean {
  return nFft % 2 === 0 && radicesOf(nFft / 2).every((radix) => radix <= 5);
}

/** The levels of Mel bands by WebAssembly SIMD, for a length that it has. */
export function melKernel(options: MelKernelOptions): MelKernel {
  const { layout, nMels } = options, { nFft, hopLength } = layout;
  const { memory, samplesAt, outputAt } = memoryFor(options);
  module ??= new WebAssembly.Module(Uint8Array.from(atob(melKernelWasm), (character) => character.charCodeAt(0)));
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const melFrames = exports.melFrames as (plan: number, frames: number) => number;
  const samplesIn = new Float32Array(memory.buffer, samplesAt, BLOCK * hopLength + nFft);
  const levelsOut = new Float32Array(memory.buffer, outputAt, BLOCK * nMels);

  return (samples) => {
    const frames = frameCount(samples.length, layout);
    const data = new Float32Array(frames * nMels);
    let largest = 0;
    for (let first = 0; first < frames; first += BLOCK) {
      const count = Math.min(BLOCK, frames - first);
      const start = first * hopLength - (layout.center ? nFft / 2 : 0);
      copyPadded(samples, start, samplesIn.subarray(0, (count - 1) * hopLength + nFft), layout.padMode);
      largest = Math.max(largest, melFrames(0, count)); // NaN stays NaN
      data.set(count === BLOCK ? levelsOut : levelsOut.subarray(0, count * nMels), first * nMels);
    }
    return { data, frames, largest };
  };
}

/** The kernel's memory: its plan and, one after the other, all arrays; scratch ones hold a vector of 16 bytes an element. */
function memoryFor({ layout, bank, nMels, power, log }: MelKernelOptions) {
  const { nFft, winLength, hopLength } = layout, half = nFft / 2;
  const radices = radicesOf(half), { reach, weights } = sparse(bank, nMels, half + 1);
  const filled: [at: number, array: Int32Array | Float32Array][] = [];
  let end = 128; // behind the plan
  const reserve = (bytes: number) => {
    const at = end;
    end += Math.ceil(bytes / 16) * 16;
    return at;
  };
  const put = (array: Int32Array | Float32Array) => {
    filled.push([reserve(array.byteLength), array]);
    return filled.at(-1)![0];
  };
  const turns = Array.from({ length: half + 1 }, (_, i) => 2 * Math.PI * i / nFft);
  const scratch = 16 * Math.max(nFft + 4, nMels);
  const addresses = {
    radices: put(Int32Array.from(radices)),
    twiddles: put(Float32Array.from(twiddlesOf(half, radices))),
    turns: put(Float32Array.from(turns.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]))),
    window: put(Float32Array.from(windowFunction(layout.window, winLength))),
    bands: put(Int32Array.from(reach)),
    weights: put(Float32Array.from(weights)),
    samples: reserve(4 * (BLOCK * hopLength + nFft)),
    output: reserve(4 * (BLOCK + 4) * nMels),
    spectrum: reserve(scratch),
    spare: reserve(scratch),
  };

  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / 65536) });
  for (const [at, array] of filled) new Uint8Array(memory.buffer, at).set(new Uint8Array(array.buffer));
  const margin = layout.center ? Math.floor((nFft - winLength) / 2) : 0;
  // In the order of the fields of Plan.
  const whole = [nFft, winLength, hopLength, margin, nMels, radices.length, ...Object.values(addresses)];
  const switches = [layout.removeDc, power === 1, log !== undefined].map(Number);
  new Int32Array(memory.buffer).set([...whole, ...switches]);
  const numbers = [layout.preEmphasis, log?.offset ?? 0, log?.floor ?? 0, log?.scale ?? 1];
  new Float32Array(memory.buffer, 4 * (whole.length + switches.length)).set(numbers);
  return { memory, samplesAt: addresses.samples, outputAt: addresses.output };
}

/** The samples from `start` on, which may lie before the first; beyond both ends zeros or their reflection. */
function copyPadded(samples: Float32Array, start: number, into: Float32Array, padMode: FrameLayout["padMode"]): void {
  const n = samples.length;
  const before = Math.max(0, -start), inside = samples.subarray(Math.max(0, start), Math.max(0, start + into.length));
  into.set(inside, before);
  if (before === 0 && inside.length === into.length) return;
  const at = padMode === "reflect" ? (i: number) => samples[i < 0 ? -i : 2 * (n - 1) - i] ?? 0 : () => 0;
  for (let i = 0; i < before; i++) into[i] = at(start + i);
  for (let i = before + inside.length; i < into.length; i++) into[i] = at(start + i);
}

/** Factors of n, fours first. */
function radicesOf(n: number): number[] {
  const radices: number[] = [];
  for (; n % 4 === 0; n /= 4) radices.push(4);
  for (let radix = 2; n > 1; radix++) for (; n % radix === 0; n /= radix) radices.push(radix);
  return radices;
}

/** Pass by pass: for each k the turns e^(-2 pi i out k / (rest radix)), out = 1…radix - 1. */
function twiddlesOf(n: number, radices: number[]): number[] {
  const twiddles: number[] = [];
  let stride = 1;
  for (const radix of radices) {
    const rest = n / (stride * radix);
    for (let k = 0; k < rest; k++) {
      for (let out = 1; out < radix; out++) {
        const angle = -2 * Math.PI * out * k / (rest * radix);
        twiddles.push(Math.cos(angle), Math.sin(angle));
      }
    }
    stride *= radix;
  }
  return twiddles;
}

/** Of each band the first bin, the number of bins, and the weights one after the other. */
function sparse(bank: Float64Array, nMels: number, nBins: number): { reach: number[]; weights: number[] } {
  const reach: number[] = [], weights: number[] = [];
  for (let band = 0; band < nMels; band++) {
    const row = bank.subarray(band * nBins, (band + 1) * nBins);
    const first = Math.max(0, row.findIndex((weight) => weight > 0));
    const count = row.findLastIndex((weight) => weight > 0) + 1 - first;
    reach.push(first, Math.max(0, count));
    weights.push(...row.subarray(first, first + Math.max(0, count)));
  }
  return { reach, weights };
}
