import { InputError } from "../errors/mod.ts";

/** A second-order section: H(z) = (b0 + b1/z + b2/z²) / (1 + a1/z + a2/z²). */
export interface Biquad {
  b0: number;
  b1: number;
  b2: number;
  a1: number;
  a2: number;
}

/**
 * Options of {@linkcode butterworth}: `high` alone is a low-pass, `low` alone a high-pass, both a band-pass, or a
 * band-stop if `stop` says so.
 */
export interface ButterworthOptions {
  /** Hz. */
  sampleRate: number;
  /** Lower edge, 3 dB down, Hz. */
  low?: number;
  /** Upper edge, 3 dB down, Hz. */
  high?: number;
  /** Order of the low-pass prototype; a band-pass has twice as many poles. */
  order: number;
  /** Take away what lies between the two edges instead of keeping it. @default {false} */
  stop?: boolean;
}

interface Complex {
  re: number;
  im: number;
}

/**
 * A Butterworth filter as second-order sections, as scipy's `butter(…, output="sos")`: analogue prototype, edges
 * pre-warped, bilinear transform. The section with the poles next to the unit circle comes last.
 *
 * @throws {InputError} for an order below 1, or edges that aren't 0 < low < high < half the rate.
 */
export function butterworth(options: ButterworthOptions): Biquad[] {
  checkDesign(options);
  const { sampleRate, low, high, order, stop = false } = options;
  const warp = (hz: number) => 4 * Math.tan(Math.PI * hz / sampleRate); // for a sample period of 1/2
  const prototype = Array.from({ length: order }, (_, k) => {
    const angle = Math.PI * (2 * k + 1 - order) / (2 * order);
    return { re: -Math.cos(angle), im: -Math.sin(angle) };
  });
  // The poles of modulus 1 are their own conjugate inverses: edge / p = edge * conj(p).
  const inverse = prototype.map(({ re, im }) => ({ re, im: -im }));
  const times = (edge: number) => ({ re, im }: Complex) => ({ re: re * edge, im: im * edge });
  if (low === undefined) {
    const edge = warp(high!);
    return sections(prototype.map(times(edge)), { sum: -2, product: 1, gain: edge ** order });
  }
  if (high === undefined) return sections(inverse.map(times(warp(low))), { sum: 2, product: 1, gain: 4 ** order });
  const width = warp(high) - warp(low), centre = warp(low) * warp(high);
  const split = (poles: Complex[]) => poles.flatMap((pole) => splitPole(pole, { width, centre }));
  if (!stop) return sections(split(prototype), { sum: 0, product: -1, gain: (4 * width) ** order });
  // The zeros stand at the centre on the imaginary axis, so after the transform on the unit circle.
  const sum = 2 * (16 - centre) / (16 + centre);
  return sections(split(inverse), { sum, product: 1, gain: (16 + centre) ** order });
}

/** The two roots of s² - p width s + centre, by which each pole of the prototype is replaced. */
function splitPole({ re, im }: Complex, { width, centre }: { width: number; centre: number }): Complex[] {
  const half = { re: re * width / 2, im: im * width / 2 };
  const root = sqrt({ re: half.re ** 2 - half.im ** 2 - centre, im: 2 * half.re * half.im });
  return [{ re: half.re + root.re, im: half.im + root.im }, { re: half.re - root.re, im: half.im - root.im }];
}

/**
 * Bilinear transform (sample period 1/2: s = 4 (z - 1) / (z + 1)) of analogue poles, two a section.
 *
 * @param options `sum` and `product` of the two zeros of each section after the transform (a section of one pole has one zero,
 * half the sum); `gain`, numerator of the overall gain: the analogue gain times 4 - s over the finite analogue zeros.
 */
function sections(
  analogue: Complex[],
  { sum, product, gain }: { sum: number; product: number; gain: number },
): Biquad[] {
  let re = 1, im = 0; // of the product of 4 - pole: the poles come with their conjugates, so it is real
  for (const pole of analogue) [re, im] = [re * (4 - pole.re) + im * pole.im, im * (4 - pole.re) - re * pole.im];
  const scale = gain / re;
  const radius = (poles: Complex[]) => Math.max(...poles.map(({ re, im }) => Math.hypot(re, im)));
  return conjugatePairs(analogue)
    .map((pair) => pair.map(bilinear))
    .sort((a, b) => radius(a) - radius(b))
    .map(([p, q], i) => {
      const factor = i === 0 ? scale : 1;
      return q === undefined ? { b0: factor, b1: -factor * sum / 2, b2: 0, a1: -p.re, a2: 0 } : {
        b0: factor,
        b1: -factor * sum,
        b2: factor * product,
        a1: -(p.re + q.re),
        a2: p.re * q.re - p.im * q.im,
      };
    });
}

/** Pairs each pole with its conjugate, the real ones with each other; an odd real one stays alone. */
function conjugatePairs(poles: Complex[]): Complex[][] {
  const isReal = ({ re, im }: Complex) => Math.abs(im) <= 1e-12 * Math.abs(re);
  const real = poles.filter(isReal).map(({ re }) => ({ re, im: 0 })).sort((a, b) => a.re - b.re);
  const pairs = poles.filter((pole) => !isReal(pole) && pole.im > 0)
    .map((pole) => [pole, { re: pole.re, im: -pole.im }]);
  for (let i = 0; i < real.length; i += 2) pairs.push(real.slice(i, i + 2));
  return pairs;
}

function bilinear({ re, im }: Complex): Complex {
  const norm = (4 - re) ** 2 + im ** 2;
  return { re: (16 - re ** 2 - im ** 2) / norm, im: 8 * im / norm };
}

function sqrt({ re, im }: Complex): Complex {
  const modulus = Math.hypot(re, im);
  return { re: Math.sqrt((modulus + re) / 2), im: (im < 0 ? -1 : 1) * Math.sqrt((modulus - re) / 2) };
}

function checkDesign({ sampleRate, low, high, order, stop = false }: ButterworthOptions) {
  const where = "butterworth()";
  if (!Number.isInteger(order) || order < 1) {
    throw new InputError({ expected: "an order of 1 or more", found: `${order}`, where });
  }
  const nyquist = sampleRate / 2;
  const edges = [low, high].filter((edge) => edge !== undefined);
  const ordered = low === undefined || high === undefined ? !stop : low < high;
  if (edges.length === 0 || !ordered || !edges.every((edge) => edge > 0 && edge < nyquist)) {
    throw new InputError({
      expected: `edges above 0 Hz, below half the sample rate (${nyquist} Hz), and low below high`,
      found: `low ${low ?? "not given"}, high ${high ?? "not given"}`,
      where,
      remedy: "choose other edges or leave one out",
    });
  }
}
