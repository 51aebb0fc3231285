import type { RandomStream } from "../../random/mod.ts";

/** Options of {@linkcode vtlp}. */
export interface VtlpOptions {
  nMels: number;
  stream: RandomStream;
  /** Largest stretch of the axis: 0.1 draws factors from 0.9 to 1.1. */
  range: number;
}

/** Up to here, as a share of the axis, the warp is one straight line. */
const KNEE = 0.8;

/**
 * Feature domain. Vocal tract length perturbation (Jaitly and Hinton 2013): another size of the body. Stretches the
 * frequency axis by a random factor below a knee, and linearly back to its end above, here along the bands in place of Hz.
 *
 * @param features `[frames, nMels]`
 * @returns `[frames, nMels]`
 */
export function vtlp(features: Float32Array, { nMels, stream, range }: VtlpOptions): Float32Array {
  const factor = stream.uniform(1 - range, 1 + range);
  const end = nMels - 1;
  const height = KNEE * end * Math.min(factor, 1);
  const knee = height / factor;
  const warped = new Float32Array(features.length);
  for (let band = 0; band < nMels; band++) {
    const from = band <= knee ? band * factor : end - (end - height) / (end - knee) * (end - band);
    const low = Math.min(Math.floor(from), Math.max(0, end - 1));
    const high = Math.min(low + 1, end);
    const share = from - low;
    for (let start = 0; start < features.length; start += nMels) {
      warped[start + band] = (1 - share) * features[start + low] + share * features[start + high];
    }
  }
  return warped;
}
