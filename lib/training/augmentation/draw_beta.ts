import type { RandomStream } from "../../random/mod.ts";

/** A draw from Beta(alpha, alpha), as the ratio of two gamma deviates. */
export function drawBeta(stream: RandomStream, alpha: number): number {
  const a = drawGamma(stream, alpha);
  const b = drawGamma(stream, alpha);
  // Both underflow to 0 for an alpha of a hundredth and less, where the draw is 0 or 1.
  return a + b > 0 ? a / (a + b) : stream.integer(2);
}

/** Marsaglia and Tsang 2000; below shape 1 by their boost `Gamma(shape + 1) u^(1 / shape)`. */
function drawGamma(stream: RandomStream, shape: number): number {
  if (shape < 1) return drawGamma(stream, shape + 1) * stream.uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = stream.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - stream.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
