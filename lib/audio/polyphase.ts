/** Options of {@linkcode polyphase}. */
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

/** Stop-band attenuation that the Kaiser window is made for, dB. */
const ATTENUATION = 100;

/**
 * Changes the rate by a fraction with a linear-phase low-pass: a windowed sinc, cut into one short filter for each of
 * the `up` positions that an output sample can have between two input samples. Outside the signal there is silence.
 */
export function polyphase(samples: Float32Array, options: PolyphaseOptions): Float32Array {
  const { up, down, length } = options;
  const half = halfLength(options);
  const taps = 2 * half;
  const padded = new Float64Array(samples.length + 2 * taps + 1); // no test for the ends in the inner loop
  padded.set(samples, half);
  const phases: (Float64Array | undefined)[] = new Array(Math.min(up, length));
  const output = new Float32Array(length);
  for (let m = 0, whole = 0, phase = 0; m < length; m++) {
    const filter = phases[phase] ??= phaseFilter(phase / up, half, options);
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
  const cutoff = pass + stop; // in half-cycles a sample: the middle of the transition
  const beta = 0.1102 * (ATTENUATION - 8.7);
  const filter = new Float64Array(2 * half);
  let sum = 0;
  for (let k = 0; k < filter.length; k++) {
    const t = k + 1 - half - fraction;
    const inside = 1 - (t / half) ** 2;
    const window = inside > 0 ? besselI0(beta * Math.sqrt(inside)) : 0;
    sum += filter[k] = window * cutoff * sinc(cutoff * t);
  }
  for (let k = 0; k < filter.length; k++) filter[k] /= sum;
  return filter;
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Modified Bessel function of the first kind and order 0, by its power series. */
function besselI0(x: number): number {
  let sum = 1, term = 1;
  for (let k = 1; term > 1e-17 * sum; k++) sum += term *= (x / (2 * k)) ** 2;
  return sum;
}
