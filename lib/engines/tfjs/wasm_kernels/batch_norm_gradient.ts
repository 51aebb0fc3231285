import * as tf from "@tensorflow/tfjs";

/**
 * Lets `wasm` derive batch normalisation by broadcasting. tfjs tiles the statistics to the size of the maps, which takes
 * a third of the time of a training step there; `cpu` keeps that, as the reference.
 */
export function registerBatchNormGradient(): void {
  const original = tf.getGradient("FusedBatchNorm");
  tf.registerGradient({
    ...original,
    gradFunc: (dy, saved, attributes) =>
      tf.getBackend() === "wasm" && saved[1].rank === 1
        ? gradient(dy as tf.Tensor, saved, attributes as unknown as { varianceEpsilon: number })
        : original.gradFunc(dy, saved, attributes),
  });
}

/**
 * `y = s (x - m) r + o` with `r = 1 / sqrt(v + epsilon)`: `dx = dy s r`, `dm = -sum(dy) s r`,
 * `dv = -sum(dy (x - m)) s r^3 / 2`, `ds = sum(dy (x - m)) r`, `do = sum(dy)`.
 */
function gradient(
  dy: tf.Tensor,
  [x, mean, variance, scale]: tf.Tensor[],
  { varianceEpsilon }: { varianceEpsilon: number },
): Record<string, () => tf.Tensor> {
  const s = scale ?? tf.scalar(1);
  const r = tf.rsqrt(tf.add(variance, varianceEpsilon));
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const sum = tf.sum(dy, axes);
  const centred = tf.sum(tf.mul(dy, tf.sub(x, mean)), axes);
  return {
    x: () => tf.mul(dy, tf.mul(s, r)),
    mean: () => tf.neg(tf.mul(sum, tf.mul(s, r))),
    variance: () => tf.mul(tf.mul(centred, tf.mul(s, tf.pow(r, 3))), -0.5),
    scale: () => tf.mul(centred, r),
    offset: () => tf.clone(sum),
  };
}
