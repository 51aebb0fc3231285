import type { WindowShape } from "../../features/mod.ts";
import type { RandomStream } from "../../random/mod.ts";
import type { Example } from "./example.ts";

/**
 * Feature domain. The beginning of one window followed by the beginning of another of the same class, as RespireNet makes
 * new breathing cycles for small classes (Gairola et al. 2021). The seam lies in the middle half.
 */
export function concatenate(
  a: Example,
  b: Example,
  { shape: { frames, bands, channels }, stream }: { shape: WindowShape; stream: RandomStream },
): Example {
  const seam = Math.round(stream.uniform(0.25, 0.75) * frames) * bands * channels;
  const features = a.features.slice();
  features.set(b.features.subarray(0, features.length - seam), seam);
  return { ...a, features };
}
