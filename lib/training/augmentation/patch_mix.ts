import type { WindowShape } from "../../features/mod.ts";
import type { RandomStream } from "../../random/mod.ts";
import { drawBeta } from "./draw_beta.ts";
import { type Example, mixedTarget } from "./example.ts";

/** Options of {@linkcode patchMix}. */
export interface PatchMixOptions {
  shape: WindowShape;
  stream: RandomStream;
  alpha: number;
  /** Frames and bands of a patch; those at the far edges may be smaller. */
  patch: number;
}

/**
 * Feature domain. Random patches of one window are put in the place of another's; the classes are mixed by the areas (Bae
 * et al. 2023, on respiratory sounds). The share of the patches is that of Beta(alpha, alpha).
 */
export function patchMix(a: Example, b: Example, options: PatchMixOptions): Example {
  const { shape: { frames, bands, channels }, stream, alpha, patch } = options;
  const [rows, columns] = [Math.ceil(frames / patch), Math.ceil(bands / patch)];
  const count = Math.round((1 - drawBeta(stream, alpha)) * rows * columns);
  const features = a.features.slice();
  let taken = 0;
  for (const cell of stream.shuffle(Array(rows * columns).keys()).slice(0, count)) {
    const from = Math.floor(cell / columns) * patch;
    const low = (cell % columns) * patch;
    const high = Math.min(low + patch, bands);
    for (let frame = from; frame < Math.min(from + patch, frames); frame++) {
      const start = (frame * bands + low) * channels, end = (frame * bands + high) * channels;
      features.set(b.features.subarray(start, end), start);
      taken += end - start;
    }
  }
  return { features, ...mixedTarget(a, b, 1 - taken / features.length) };
}
