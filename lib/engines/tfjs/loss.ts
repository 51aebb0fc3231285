import * as tf from "@tensorflow/tfjs";
import type { Loss } from "../engine.ts";

/**
 * The loss of each example, `[count]`, by the formulas of {@linkcode Loss}.
 *
 * @param logits `[count, outputs]`
 * @param targets `[count, outputs]`
 */
export function exampleLosses(loss: Loss, logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor1D {
  switch (loss.kind) {
    case "categorical-cross-entropy":
      return categorical(logits, smoothed(targets, loss.labelSmoothing ?? 0, targets.shape[1]));
    case "binary-cross-entropy":
      return binary(logits, smoothed(targets, loss.labelSmoothing ?? 0, 2));
    case "focal":
      return focal(logits, targets, loss.gamma);
    case "supervised-contrastive":
      return contrastive(logits, targets, loss.temperature);
    case "contrastive-cross-entropy": {
      const first = categorical(logits, smoothed(targets, loss.labelSmoothing ?? 0, targets.shape[1]));
      return tf.add(first, tf.mul(contrastive(logits, targets, loss.temperature), loss.weight));
    }
  }
}

function smoothed(targets: tf.Tensor2D, smoothing: number, classes: number): tf.Tensor2D {
  return smoothing === 0 ? targets : tf.add(tf.mul(targets, 1 - smoothing), smoothing / classes);
}

function categorical(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor1D {
  return tf.neg(tf.sum(tf.mul(targets, tf.logSoftmax(logits)), 1));
}

/** `softplus(z) - t z`, which neither overflows nor takes the logarithm of 0. */
function binary(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor1D {
  return tf.mean(tf.sub(tf.softplus(logits), tf.mul(targets, logits)), 1);
}

function focal(logits: tf.Tensor2D, targets: tf.Tensor2D, gamma: number): tf.Tensor1D {
  const logs = tf.logSoftmax(logits);
  // 1 - p, kept above 0: the derivative of a power below 1 has a pole there.
  const rest = tf.maximum(tf.sub(1, tf.exp(logs)), 1e-7);
  return tf.neg(tf.sum(tf.mul(tf.mul(targets, tf.pow(rest, gamma)), logs), 1));
}

function contrastive(logits: tf.Tensor2D, targets: tf.Tensor2D, temperature: number): tf.Tensor1D {
  const count = logits.shape[0];
  const norms = tf.sqrt(tf.add(tf.sum(tf.square(logits), 1, true), 1e-12));
  const units = tf.div(logits, norms) as tf.Tensor2D;
  const self = tf.eye(count);
  // An example is no partner of its own: exp(-1e9) is 0.
  const similarities = tf.sub(tf.div(tf.matMul(units, units, false, true), temperature), tf.mul(self, 1e9));
  const logs = tf.mul(tf.logSoftmax(similarities as tf.Tensor2D), tf.sub(1, self));
  const partners = tf.mul(tf.matMul(targets, targets, false, true), tf.sub(1, self));
  const shares = tf.div(partners, tf.maximum(tf.sum(partners, 1, true), 1e-12));
  return tf.neg(tf.sum(tf.mul(shares, logs), 1));
}
