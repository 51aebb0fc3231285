import type { WindowShape } from "../../features/mod.ts";
import type { RandomStream } from "../../random/mod.ts";
import { drawBeta } from "./draw_beta.ts";
import { type Example, mixedTarget } from "./example.ts";

/** Options of {@linkcode cutmix}. */
export interface CutmixOptions {
  shape: WindowShape;
  stream: RandomStream;
  alpha: number;
}

/**
 * Feature domain. A rectangle of one window is put in the place of another's; the classes are mixed by the areas (Yun et
 * al. 2019). Its sides have the proportions of the window, its area is that of Beta(alpha, alpha) before it is cut off at
 * the edges.
 */
export function cutmix(a: Example, b: Example, { shape, stream, alpha }: CutmixOptions): Example {
  const width = shape.bands * shape.channels;
  const side = Math.sqrt(1 - drawBeta(stream, alpha));
  const span = (extent: number): [number, number] => {
    const middle = stream.integer(extent);
    const half = side * extent / 2;
    return [Math.max(0, Math.round(middle - half)), Math.min(extent, Math.round(middle + half))];
  };
  const [from, to] = span(shape.frames);
  const [low, high] = span(shape.bands).map((band) => band * shape.channels);
  const features = a.features.slice();
  for (let start = from * width; start < to * width; start += width) {
    features.set(b.features.subarray(start + low, start + high), start + low);
  }
  return { features, ...mixedTarget(a, b, 1 - (to - from) * (high - low) / features.length) };
}
