import type { WindowShape } from "../../features/mod.ts";
import type { RandomStream } from "../../random/mod.ts";

/** Options of {@linkcode vtlp}. */
export interface VtlpOptions {
  shape: WindowShape;
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
 * @param features `[frames, bands, channels]`
 * @returns `[frames, bands, channels]`
 */
export function vtlp(features: Float32Array, { shape: { bands, channels }, stream, range }: VtlpOptions): Float32Array {
  const factor = stream.uniform(1 - range, 1 + range);
  const end = bands - 1;
  const height = KNEE * end * Math.min(factor, 1);
  const knee = height / factor;
  const warped = new Float32Array(features.length);
  for (let band = 0; band < bands; band++) {
    const from = band <= knee ? band * factor : end - (end - height) / (end - knee) * (end - band);
    const low = Math.min(Math.floor(from), Math.max(0, end - 1));
    const high = Math.min(low + 1, end);
    const share = from - low;
    for (let start = 0; start < features.length; start += bands * channels) {
      for (let channel = start; channel < start + channels; channel++) {
        warped[channel + band * channels] = (1 - share) * features[channel + low * channels] +
          share * features[channel + high * channels];
      }
    }
  }
  return warped;
}
