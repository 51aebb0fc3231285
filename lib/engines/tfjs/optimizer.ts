import * as tf from "@tensorflow/tfjs";
import type { Optimizer, StepOptions } from "../engine.ts";

/** Moves weights along their gradients by the formulas of {@linkcode Optimizer}. */
export interface TfjsOptimizer {
  /** What must be kept between steps, by name and by weight: `slots.m[3]`. */
  readonly slots: Record<string, tf.Variable[]>;
  /** @param step Steps done before this one. */
  apply(gradients: tf.Tensor[], step: number, options: StepOptions): void;
}

/** An optimiser over these weights; its slots are zeros of their shapes. */
export function tfjsOptimizer(optimizer: Optimizer, weights: tf.Variable[]): TfjsOptimizer {
  const zeros = () => weights.map((weight) => tf.tidy(() => tf.variable(tf.zerosLike(weight), false)));
  return optimizer.kind === "sgd" ? sgd(optimizer, weights, zeros) : adam(optimizer, weights, zeros);
}

type Of<Kind> = Extract<Optimizer, { kind: Kind }>;

function sgd(options: Of<"sgd">, weights: tf.Variable[], zeros: () => tf.Variable[]): TfjsOptimizer {
  const { momentum = 0, nesterov = false, clipNorm } = options;
  const velocities = momentum > 0 ? zeros() : [];
  return {
    slots: momentum > 0 ? { velocity: velocities } : {},
    apply(gradients, _step, { learningRate, weightDecay = 0 }) {
      clipped(gradients, clipNorm).forEach((raw, i) => {
        const weight = weights[i];
        const gradient = decayed(raw, weight, weightDecay);
        let direction = gradient;
        if (momentum > 0) {
          velocities[i].assign(tf.add(tf.mul(velocities[i], momentum), gradient));
          direction = nesterov ? tf.add(gradient, tf.mul(velocities[i], momentum)) : velocities[i];
        }
        weight.assign(tf.sub(weight, tf.mul(direction, learningRate)));
      });
    },
  };
}

/** Kingma and Ba 2015; with decoupled weight decay Loshchilov and Hutter 2019. */
function adam(options: Of<"adam" | "adamw">, weights: tf.Variable[], zeros: () => tf.Variable[]): TfjsOptimizer {
  const { kind, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, clipNorm } = options;
  const first = zeros();
  const second = zeros();
  return {
    slots: { m: first, v: second },
    apply(gradients, step, { learningRate, weightDecay = 0 }) {
      const rate = learningRate / (1 - beta1 ** (step + 1));
      const scale = 1 / Math.sqrt(1 - beta2 ** (step + 1));
      clipped(gradients, clipNorm).forEach((raw, i) => {
        const weight = weights[i];
        const gradient = kind === "adam" ? decayed(raw, weight, weightDecay) : raw;
        first[i].assign(tf.add(tf.mul(first[i], beta1), tf.mul(gradient, 1 - beta1)));
        second[i].assign(tf.add(tf.mul(second[i], beta2), tf.mul(tf.square(gradient), 1 - beta2)));
        const root = tf.add(tf.mul(tf.sqrt(second[i]), scale), epsilon);
        const kept = kind === "adamw" && weightDecay > 0 ? tf.mul(weight, 1 - learningRate * weightDecay) : weight;
        weight.assign(tf.sub(kept, tf.div(tf.mul(first[i], rate), root)));
      });
    },
  };
}

function decayed(gradient: tf.Tensor, weight: tf.Tensor, weightDecay: number): tf.Tensor {
  return weightDecay > 0 ? tf.add(gradient, tf.mul(weight, weightDecay)) : gradient;
}

/** Pascanu et al. 2013: all gradients together no longer than `clipNorm`. */
function clipped(gradients: tf.Tensor[], clipNorm: number | undefined): tf.Tensor[] {
  if (clipNorm === undefined) return gradients;
  const norm = tf.sqrt(tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient)))));
  const factor = tf.minimum(1, tf.div(clipNorm, norm));
  return gradients.map((gradient) => tf.mul(gradient, factor));
}
