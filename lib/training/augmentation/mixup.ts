import type { RandomStream } from "../../random/mod.ts";
import { drawBeta } from "./draw_beta.ts";
import { type Example, mixedTarget } from "./example.ts";

/**
 * Feature domain. Two windows laid over each other by a share from Beta(alpha, alpha), and their classes by the same
 * share (Zhang et al. 2018).
 */
export function mixup(
  a: Example,
  b: Example,
  { stream, alpha }: { stream: RandomStream; alpha: number },
): Example {
  const share = drawBeta(stream, alpha);
  return {
    features: a.features.map((value, i) => share * value + (1 - share) * b.features[i]),
    ...mixedTarget(a, b, share),
  };
}
