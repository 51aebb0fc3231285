import * as tf from "@tensorflow/tfjs";
import { NORM_EPSILON, type WeightConstraint, type WeightRule } from "../weight_rules.ts";

/** What regularizers add to the loss. */
export function penaltyOf(rules: readonly WeightRule[], weights: readonly tf.Tensor[]): tf.Scalar {
  return tf.tidy(() => {
    const parts = rules.flatMap(({ index, l1, l2 }) => {
      const w = weights[index];
      return [
        // |w| as w sign(w): the derivative that tfjs has of abs is -1 at 0, where it should be 0.
        ...l1 ? [tf.mul(l1, tf.sum(tf.mul(w, tf.sign(w))))] : [],
        ...l2 ? [tf.mul(l2, tf.sum(tf.square(w)))] : [],
      ];
    });
    return parts.reduce((sum, part) => tf.add(sum, part), tf.scalar(0)) as tf.Scalar;
  });
}

/** Brings the weights to where their constraints want them. */
export function constrain(rules: readonly WeightRule[], weights: readonly tf.Variable[]): void {
  for (const { index, constraint } of rules) {
    if (constraint) tf.tidy(() => weights[index].assign(constrained(weights[index], constraint)));
  }
}

function constrained(w: tf.Tensor, constraint: WeightConstraint): tf.Tensor {
  if (constraint.kind === "non-negative") return tf.relu(w);
  const { min, max, rate, axes } = constraint;
  const norm = tf.sqrt(tf.sum(tf.square(w), axes, true));
  const wanted = tf.add(tf.mul(rate, tf.clipByValue(norm, min, max)), tf.mul(1 - rate, norm));
  return tf.mul(w, tf.div(wanted, tf.add(norm, NORM_EPSILON)));
}
