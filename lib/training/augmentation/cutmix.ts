import type { RandomStream } from "../../random/mod.ts";
import { drawBeta } from "./draw_beta.ts";
import { type Example, mixedTarget } from "./example.ts";

/** Options of {@linkcode cutmix}. */
export interface CutmixOptions {
  nMels: number;
  stream: RandomStream;
  alpha: number;
}

/**
 * Feature domain. A rectangle of one window is put in the place of another's; the classes are mixed by the areas (Yun et
 * al. 2019). Its sides have the proportions of the window, its area is that of Beta(alpha, alpha) before it is cut off at
 * the edges.
 */
export function cutmix(a: Example, b: Example, { nMels, stream, alpha }: CutmixOptions): Example {
  const frames = a.features.length / nMels;
  const side = Math.sqrt(1 - drawBeta(stream, alpha));
  const span = (extent: number): [number, number] => {
    const middle = stream.integer(extent);
    const half = side * extent / 2;
    return [Math.max(0, Math.round(middle - half)), Math.min(extent, Math.round(middle + half))];
  };
  const [from, to] = span(frames);
  const [low, high] = span(nMels);
  const features = a.features.slice();
  for (let start = from * nMels; start < to * nMels; start += nMels) {
    features.set(b.features.subarray(start + low, start + high), start + low);
  }
  return { features, ...mixedTarget(a, b, 1 - (to - from) * (high - low) / features.length) };
}
