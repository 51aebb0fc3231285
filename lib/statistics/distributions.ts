/** Standard normal distribution function. */
export function normalCdf(z: number): number {
  const half = upperGammaHalf(z * z / 2) / 2;
  return z > 0 ? 1 - half : half;
}

/** Inverse of {@linkcode normalCdf} by Halley's method, within a few units of the last place. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  if (p > 0.5) return -normalQuantile(1 - p);
  // A bound of the tail (Abramowitz & Stegun 26.2.22, error below 0.003) to start from.
  const t = Math.sqrt(-2 * Math.log(p));
  let z = -(t - (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t));
  for (let step = 0; step < 4; step++) {
    const newton = (normalCdf(z) - p) * Math.sqrt(2 * Math.PI) * Math.exp(z * z / 2);
    z -= newton / (1 + z * newton / 2);
  }
  return z;
}

/** Probability that Student's t with `degrees` of freedom is at least as far from 0 as `t`. */
export function studentTwoSided(t: number, degrees: number): number {
  return regularisedBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
}

/** How far from 0 Student's t with `degrees` of freedom stays with the probability `level`. */
export function studentQuantile(level: number, degrees: number): number {
  let high = 1;
  while (studentTwoSided(high, degrees) > 1 - level) high *= 2;
  // 50 halvings bring it below the spacing of doubles of its size.
  return bisect([0, high], 50, (t) => !(studentTwoSided(t, degrees) > 1 - level));
}

/** Where what holds at the upper of two points begins to hold, by halving. */
export function bisect([low, high]: [number, number], steps: number, holds: (at: number) => boolean): number {
  for (let step = 0; step < steps; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}

/** Probability of at most `k` successes in `n` tries of probability `p`. */
export function binomialCdf(k: number, n: number, p: number): number {
  return k >= n ? 1 : k < 0 ? 0 : regularisedBeta(1 - p, n - k, k + 1);
}

/** Regularised incomplete beta function I_x(a, b) by its continued fraction (DLMF 8.17.22, modified Lentz). */
export function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a);
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  let c = 1, d = 1 / nonZero(1 - (a + b) * x / (a + 1)), fraction = d;
  for (let m = 1; m < 10_000; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / nonZero(1 + term * d);
      c = nonZero(1 + term / c);
      fraction *= c * d;
    }
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return front * fraction;
}

/** Logarithm of the gamma function for x > 0: Stirling's series (DLMF 5.11.1) from 15 on, recurrence below. */
export function logGamma(x: number): number {
  let shift = 0;
  for (; x < 15; x++) shift -= Math.log(x);
  const inverse = 1 / (x * x);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse / 1188)))) / x;
  return shift + (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series;
}

/** Γ(½, x) / Γ(½) = erfc(√x): series below 2, continued fraction above (DLMF 8.7.1, 8.9.2). */
function upperGammaHalf(x: number): number {
  if (x < 2) {
    let term = 2 * Math.sqrt(x / Math.PI) * Math.exp(-x), sum = term;
    for (let n = 1; term > 1e-17 * sum; n++) {
      term *= x / (n + 0.5);
      sum += term;
    }
    return 1 - sum;
  }
  let b = x + 0.5, c = Infinity, d = 1 / b, fraction = d;
  for (let n = 1; n < 1000; n++) {
    const a = -n * (n - 0.5);
    b += 2;
    d = 1 / nonZero(b + a * d);
    c = nonZero(b + a / c);
    fraction *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return Math.sqrt(x / Math.PI) * Math.exp(-x) * fraction;
}

function nonZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value;
}
