// A layer of your own: loudness taken off each moment, by what a network has learnt to call quiet.
//
//   deno task experiment experiments/howto/own_layer.ts --data data/synthetic
//
// A layer is a class of tfjs with `build`, `call` and `computeOutputShape`, registered by its name so that a saved network
// can be loaded again. That is all that the engines `wasm`, `webgpu` and `cpu` need: tfjs derives what `call` is made of.
// With --engine auto such a network trains on them, and the run says what that costs.
//
// The engine `ort`, several times faster on a processor, needs the layer's forward and backward pass as nodes of ONNX:
// a rule. It is tried against tfjs' derivative before the first step, so a slip in the algebra is an error and not a
// network that learns badly.

import * as tf from "@tensorflow/tfjs";
import { z } from "zod";
import { defineLayer, nodes, type Rule } from "../../lib/engines/mod.ts";
import { defineExperiment } from "../../lib/experiment/mod.ts";
import { defineModel } from "../../lib/models/mod.ts";

/** `y = x / (1 + exp(a) |x|)`: squeezes loud values, each channel as much as it has learnt; `a` is 0 at first. */
export class Squeeze extends tf.layers.Layer {
  static className = "Squeeze";
  #amount!: tf.LayerVariable;

  override build(shape: tf.Shape | tf.Shape[]): void {
    this.#amount = this.addWeight("amount", [(shape as tf.Shape).at(-1)!], "float32", tf.initializers.zeros());
    super.build(shape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tf.tidy(() => x.div(x.abs().mul(this.#amount.read().exp()).add(1)));
  }

  override computeOutputShape(shape: tf.Shape | tf.Shape[]): tf.Shape | tf.Shape[] {
    return shape;
  }
}
tf.serialization.registerClass(Squeeze);

// With s = exp(a) and q = 1 + s |x|: dy/dx = 1 / q^2, and dy/da = -s x |x| / q^2, summed over all but the channels.
const squeeze: Rule<null> = {
  name: "squeeze",
  shape: ([x]) => x,
  forward({ graph, inputs: [x, a] }) {
    const loud = nodes.mul(graph, nodes.unary(graph, "Abs", x), nodes.unary(graph, "Exp", a));
    const q = nodes.add(graph, loud, 1);
    return [nodes.div(graph, x, q), loud, q]; // what stands behind the output is kept for the gradient
  },
  gradient({ graph, inputs: [x, a], saved: [loud, q], dy }) {
    const dx = nodes.div(graph, dy, nodes.mul(graph, q, q));
    const da = nodes.mul(graph, nodes.mul(graph, dx, x), nodes.mul(graph, loud, -1));
    return [dx, nodes.sumTo(graph, da, a.shape)];
  },
};
defineLayer("Squeeze", ({ apply, channelsLast, last, weight }) => {
  return last(apply(squeeze, [channelsLast(), weight("amount")!], null));
});

export const squeezedCnn = defineModel({
  name: "squeezed-cnn",
  options: z.strictObject({ filters: z.array(z.int().positive()).min(1).default([8, 16, 32]) }),
  build({ filters }, { frames, bands, channels, classes }) {
    const inputShape = [frames, bands, channels];
    const block = (count: number, i: number) => [
      tf.layers.conv2d({ filters: count, kernelSize: 3, padding: "same", ...(i === 0 ? { inputShape } : {}) }),
      new Squeeze(),
      tf.layers.maxPooling2d({ poolSize: 2 }),
    ];
    const end = [tf.layers.globalAveragePooling2d({}), tf.layers.dense({ units: classes })];
    return tf.sequential({ layers: [...filters.flatMap(block), ...end] });
  },
});

export default defineExperiment({
  name: "howto/own_layer",
  title: "Murmurs, loud and quiet",
  question: "Does a five-second recording of a (synthetic) heart hold a murmur?",
  dataset: { name: "synthetic", task: "murmur-2" },
  input: { preset: "pcg", seconds: 2.5, padding: "circular" },
  model: squeezedCnn(),
  training: { epochs: 10, optimizer: { kind: "adamw", learningRate: 2e-3 } },
  evaluation: { protocol: { kind: "hold-out" }, unit: "subject" },
});
