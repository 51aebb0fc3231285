// A loss of your own: generalised cross-entropy (Zhang and Sabuncu 2018), for labels that are partly wrong.
//
//   deno task experiment experiments/howto/own_loss.ts --data data/synthetic
//   deno task experiment experiments/howto/own_loss.ts --data data/synthetic --set training.loss.q=0.3
//
// Two listeners agree on a murmur in about four of five hearts. Cross-entropy punishes a label that can't be believed
// without bound, so that a network ends up learning it by heart; this loss, `(1 - p^q) / q` for the probability `p` of the
// labelled class, is cross-entropy for q near 0 and the plain error, which shrugs, for q = 1.
//
// `tensor` gives one number an example, in operations of tfjs, which derives it: that is enough for the engines `wasm`,
// `webgpu` and `cpu`. `graph` gives the same as nodes of ONNX with its gradient, for `ort`; it is tried against `tensor`
// before the first step. Without it `--engine auto` takes another engine, and the run says what that costs.

import { z } from "zod";
import { defineLoss, nodes } from "../../lib/engines/mod.ts";
import { defineExperiment } from "../../lib/experiment/mod.ts";

export const generalisedCrossEntropy = defineLoss({
  name: "generalised-cross-entropy",
  options: z.strictObject({
    /** From near 0, as cross-entropy, to 1, which a wrong label moves least. */
    q: z.number().gt(0).max(1).default(0.7),
  }),
  tensor: (logits, targets, { q }) => logits.softmax().pow(q).neg().add(1).div(q).mul(targets).sum(1),
  graph(graph, { logits, targets }, { q }) {
    const p = graph.node("Softmax", [logits], logits.shape, { attributes: { axis: 1 } });
    const power = nodes.pow(graph, p, q);
    const each = nodes.mul(graph, targets, nodes.div(graph, nodes.sub(graph, 1, power), q));
    return {
      losses: nodes.reduce(graph, each, { by: "Sum", axes: [1], keep: true }),
      // d/dz_k = p_k sum_j t_j p_j^q - t_k p_k^q.
      gradient(share) {
        const pull = nodes.mul(graph, targets, power);
        const total = nodes.reduce(graph, pull, { by: "Sum", axes: [1], keep: true });
        return nodes.mul(graph, nodes.sub(graph, nodes.mul(graph, p, total), pull), share);
      },
    };
  },
});

export default defineExperiment({
  name: "howto/own_loss",
  title: "Murmurs, with labels that are taken with a grain of salt",
  question: "Does a five-second recording of a (synthetic) heart hold a murmur?",
  dataset: { name: "synthetic", task: "murmur-2" },
  input: { preset: "pcg", seconds: 2.5, padding: "circular" },
  model: { kind: "cnn", filters: [8, 16, 32] },
  training: {
    epochs: 10,
    optimizer: { kind: "adamw", learningRate: 2e-3 },
    loss: generalisedCrossEntropy({ q: 0.5 }),
  },
  evaluation: { protocol: { kind: "hold-out" }, unit: "subject" },
});
