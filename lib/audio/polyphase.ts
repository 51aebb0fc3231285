import { canDecimate, decimate } from "./decimate.ts";
import { filterPhases, type FilterPhasesOptions } from "./kernel/polyphase_kernel.ts";

export interface PolyphaseOptions {
  /** Factor up, then down: the rate becomes `up / down` of what it was. */
  up: number;
  down: number;
  /** Number of samples to make. */
  length: number;
  /** End of the pass band in cycles an input sample. */
  pass: number;
  /** Beginning of the stop band in cycles an input sample. */
  stop: number;
}

/** Taps of all phases together that the kernel takes; more only where the rates have hardly a common measure. */
const KERNEL_TAPS = 2 ** 20;

/** From here on two transforms a block are cheaper than the sum over the taps. */
const DECIMATE_LENGTH = 1024;

/** Stop-band attenuation that the Kaiser window is made for, dB. */
const ATTENUATION = 100;

/**
 * Changes the rate by a fraction with a linear-phase low-pass: a windowed sinc, cut into one short filter for each of
 * the `up` positions that an output sample can have between two input samples. Outside the signal there is silence.
 */
export function polyphase(samples: Float32Array, options: PolyphaseOptions): Float32Array {
  const { up } = options;
  const half = halfLength(options);
  const filterOf = (phase: number) => phaseFilter(phase / up, half, options);
  if (up === 1 && options.length >= DECIMATE_LENGTH && canDecimate(options.down, 2 * half)) {
    return decimate(samples, { ...options, filter: filterOf(0) });
  }
  const fits = up * 2 * half <= KERNEL_TAPS;
  return (fits ? filterPhases : plainFilterPhases)(samples, { ...options, half, filterOf });
}

/** The same in TypeScript, in 64 bits: for ratios with more taps than the kernel takes, and to test it. */
export function plainFilterPhases(samples: Float32Array, options: FilterPhasesOptions): Float32Array {
  const { up, down, length, half, filterOf } = options;
  const taps = 2 * half;
  const padded = new Float64Array(samples.length + 2 * taps + 1); // no test for the ends in the inner loop
  padded.set(samples, half);
  const phases: (ArrayLike<number> | undefined)[] = new Array(Math.min(up, length));
  const output = new Float32Array(length);
  for (let m = 0, whole = 0, phase = 0; m < length; m++) {
    const filter = phases[phase] ??= filterOf(phase);
    // padded[whole + 1 + k] is input sample whole + 1 + k - half.
    let a = 0, b = 0, c = 0, d = 0;
    for (let k = 0, at = whole + 1; k < taps; k += 4, at += 4) {
      a += filter[k] * padded[at];
      b += filter[k + 1] * padded[at + 1];
      c += filter[k + 2] * padded[at + 2];
      d += filter[k + 3] * padded[at + 3];
    }
    output[m] = a + b + (c + d);
    phase += down;
    whole += Math.floor(phase / up);
    phase %= up;
  }
  return output;
}

/** Kaiser's formula for the length (Oppenheim and Schafer, 7.6); even, so that the inner loop goes in steps of four. */
function halfLength({ pass, stop }: PolyphaseOptions): number {
  const taps = (ATTENUATION - 7.95) / (2.285 * 2 * Math.PI * (stop - pass));
  return 2 * Math.ceil(taps / 4);
}

/** The taps for an output sample that lies `fraction` of an input sample behind the middle, scaled to pass 0 Hz whole. */
function phaseFilter(fraction: number, half: number, { pass, stop }: PolyphaseOptions): Float64Array {
  const turn = Math.PI * (pass + stop); // radians a sample at the middle of the transition
  const filter = new Float64Array(2 * half);
  // sin(turn t) goes from tap to tap by a rotation.
  let sin = Math.sin(turn * (1 - half - fraction)), cos = Math.cos(turn * (1 - half - fraction));
  const stepSin = Math.sin(turn), stepCos = Math.cos(turn);
  let sum = 0;
  for (let k = 0; k < filter.length; k++) {
    const t = k + 1 - half - fraction;
    const sinc = Math.abs(t) < 1e-9 ? turn : sin / t;
    sum += filter[k] = kaiser(1 - (t / half) ** 2) * sinc;
    [sin, cos] = [sin * stepCos + cos * stepSin, cos * stepCos - sin * stepSin];
  }
  for (let k = 0; k < filter.length; k++) filter[k] /= sum;
  return filter;
}

/** Coefficients of I0(beta sqrt(v)) as a power series in v, where I0 is the Bessel function: (beta² / 4)^k / k!². */
const KAISER = Float64Array.from({ length: 26 }, () => 1);
for (let k = 1; k < KAISER.length; k++) KAISER[k] = KAISER[k - 1] * (0.1102 * (ATTENUATION - 8.7) / (2 * k)) ** 2;

/** Kaiser's window, not scaled, where `inside` is 1 less the square of the distance from the middle. */
function kaiser(inside: number): number {
  if (inside <= 0) return 0;
  let value = 0;
  for (let k = KAISER.length - 1; k >= 0; k--) value = value * inside + KAISER[k];
  return value;
}
