import * as tf from "@tensorflow/tfjs";
import type { Optimizer, StepOptions } from "../engine.ts";

/** How the weights change by their gradients, and the sums that this needs between steps, zeros at first. */
interface Rule {
  slots: Record<string, tf.Variable[]>;
  /** What is taken from the weight `i`, given the steps done before. */
  change(gradient: tf.Tensor, i: number, { learningRate, step }: { learningRate: number; step: number }): tf.Tensor;
}

/** Moves weights along their gradients by the formulas of {@linkcode Optimizer}. */
export function tfjsOptimizer(optimizer: Optimizer, weights: tf.Variable[]) {
  const zeros = () => weights.map((weight) => tf.tidy(() => tf.variable(tf.zerosLike(weight), false)));
  const { slots, change } = optimizer.kind === "sgd" ? sgd(optimizer, zeros) : adam(optimizer, zeros);
  return {
    /** What must be kept between steps, by name and by weight: `slots.m[3]`. */
    slots,
    /** @param step Steps done before this one. */
    apply(gradients: tf.Tensor[], step: number, { learningRate, weightDecay = 0 }: StepOptions): void {
      clipped(gradients, optimizer.clipNorm).forEach((raw, i) => {
        const weight = weights[i], isApart = optimizer.kind === "adamw";
        const gradient = weightDecay > 0 && !isApart ? tf.add(raw, tf.mul(weight, weightDecay)) : raw;
        const kept = weightDecay > 0 && isApart ? tf.mul(weight, 1 - learningRate * weightDecay) : weight;
        weight.assign(tf.sub(kept, change(gradient, i, { learningRate, step })));
      });
    },
  };
}

type Of<Kind> = Extract<Optimizer, { kind: Kind }>;

function sgd({ momentum = 0, nesterov = false }: Of<"sgd">, zeros: () => tf.Variable[]): Rule {
  const velocity = momentum > 0 ? zeros() : [];
  return {
    slots: momentum > 0 ? { velocity } : {},
    change(gradient, i, { learningRate }) {
      if (momentum === 0) return tf.mul(gradient, learningRate);
      velocity[i].assign(tf.add(tf.mul(velocity[i], momentum), gradient));
      return tf.mul(nesterov ? tf.add(gradient, tf.mul(velocity[i], momentum)) : velocity[i], learningRate);
    },
  };
}

/** Kingma and Ba 2015; with decoupled weight decay Loshchilov and Hutter 2019. */
function adam({ beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8 }: Of<"adam" | "adamw">, zeros: () => tf.Variable[]): Rule {
  const m = zeros(), v = zeros();
  return {
    slots: { m, v },
    change(gradient, i, { learningRate, step }) {
      const rate = learningRate / (1 - beta1 ** (step + 1));
      const scale = 1 / Math.sqrt(1 - beta2 ** (step + 1));
      m[i].assign(tf.add(tf.mul(m[i], beta1), tf.mul(gradient, 1 - beta1)));
      v[i].assign(tf.add(tf.mul(v[i], beta2), tf.mul(tf.square(gradient), 1 - beta2)));
      return tf.div(tf.mul(m[i], rate), tf.add(tf.mul(tf.sqrt(v[i]), scale), epsilon));
    },
  };
}

/** Pascanu et al. 2013: all gradients together no longer than `clipNorm`. */
function clipped(gradients: tf.Tensor[], clipNorm: number | undefined): tf.Tensor[] {
  if (clipNorm === undefined) return gradients;
  const norm = tf.sqrt(tf.addN(gradients.map((gradient) => tf.sum(tf.square(gradient)))));
  const factor = tf.minimum(1, tf.div(clipNorm, norm));
  return gradients.map((gradient) => tf.mul(gradient, factor));
}
