import type { RandomStream } from "../../random/mod.ts";
import { drawBeta } from "./draw_beta.ts";
import { type Example, mixedTarget } from "./example.ts";

/** Options of {@linkcode patchMix}. */
export interface PatchMixOptions {
  nMels: number;
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
  const { nMels, stream, alpha, patch } = options;
  const frames = a.features.length / nMels;
  const [rows, columns] = [Math.ceil(frames / patch), Math.ceil(nMels / patch)];
  const count = Math.round((1 - drawBeta(stream, alpha)) * rows * columns);
  const features = a.features.slice();
  let taken = 0;
  for (const cell of stream.shuffle(Array(rows * columns).keys()).slice(0, count)) {
    const from = Math.floor(cell / columns) * patch;
    const low = (cell % columns) * patch;
    const high = Math.min(low + patch, nMels);
    for (let frame = from; frame < Math.min(from + patch, frames); frame++) {
      features.set(b.features.subarray(frame * nMels + low, frame * nMels + high), frame * nMels + low);
      taken += high - low;
    }
  }
  return { features, ...mixedTarget(a, b, 1 - taken / features.length) };
}
