import * as tf from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";

/** Options of {@linkcode multiHeadAttention}. */
export interface MultiHeadAttentionOptions {
  name?: string;
  /** Number of heads; each has `channels / heads` channels. */
  heads: number;
}

/** Vaswani et al. 2017, self-attention: see {@linkcode multiHeadAttention}. A class because tfjs wants one of every layer. */
export class MultiHeadAttention extends tf.layers.Layer {
  static className = "MultiHeadAttention";
  readonly heads: number;
  #kernels: tf.LayerVariable[] = [];
  #biases: tf.LayerVariable[] = [];

  constructor(options: MultiHeadAttentionOptions) {
    super(options as ConstructorParameters<typeof tf.layers.Layer>[0]);
    this.heads = options.heads;
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const channels = (inputShape as tf.Shape).at(-1)!;
    if (channels % this.heads !== 0) {
      throw new InputError({
        expected: `heads that divide ${channels}`,
        found: `${this.heads}`,
        where: `the layer "${this.name}"`,
        remedy: "choose both by powers of 2",
      });
    }
    const uniform = tf.initializers.glorotUniform({});
    const zeros = tf.initializers.zeros();
    for (const role of ["query", "key", "value", "output"]) {
      this.#kernels.push(this.addWeight(`${role}_kernel`, [channels, channels], "float32", uniform));
      this.#biases.push(this.addWeight(`${role}_bias`, [channels], "float32", zeros));
    }
    this.built = true;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor3D;
      const [count, steps, channels] = x.shape;
      const size = channels / this.heads;
      const projected = (rows: tf.Tensor, at: number) =>
        tf.add(
          tf.matMul(tf.reshape(rows, [count * steps, channels]), this.#kernels[at].read() as tf.Tensor2D),
          this.#biases[at].read(),
        );
      const headsOf = (at: number) =>
        tf.transpose(tf.reshape(projected(x, at), [count, steps, this.heads, size]), [0, 2, 1, 3]);
      const scores = tf.mul(tf.matMul(headsOf(0), headsOf(1), false, true), 1 / Math.sqrt(size));
      const mixed = tf.transpose(tf.matMul(tf.softmax(scores), headsOf(2)), [0, 2, 1, 3]);
      return tf.reshape(projected(mixed, 3), x.shape);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), heads: this.heads };
  }
}
tf.serialization.registerClass(MultiHeadAttention);

/**
 * Self-attention over `[count, steps, channels]` (Vaswani et al. 2017): each head mixes the steps by
 * `softmax(q k^T / sqrt(channels / heads)) v`. tfjs has no such layer; every engine runs this one.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import * as tf from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
 * import { multiHeadAttention } from "./mod.ts";
 * const input = tf.input({ shape: [10, 8] });
 * const output = multiHeadAttention({ heads: 2 }).apply(input) as tf.SymbolicTensor;
 * expect(output.shape).toEqual([null, 10, 8]);
 * ```
 */
export function multiHeadAttention(options: MultiHeadAttentionOptions): tf.layers.Layer {
  return new MultiHeadAttention(options);
}
