/**
 * The losses of the engine contract as nodes: value and gradient with respect to the logits.
 *
 * @module
 */
import type { Loss } from "../../engine.ts";
import type { Graph, Tensor } from "../graph.ts";
import { add, div, mul, reduce } from "../onnx/arithmetic.ts";
import { reshape } from "../onnx/rearrange.ts";
import { binaryCrossEntropy } from "./binary_cross_entropy.ts";
import { categoricalCrossEntropy } from "./categorical_cross_entropy.ts";
import { focal } from "./focal.ts";
import { supervisedContrastive } from "./supervised_contrastive.ts";

/** What a loss starts from. */
export interface LossOperands {
  /** `[count, outputs]` */
  logits: Tensor;
  /** `[count, outputs]` */
  targets: Tensor;
}

/** A loss example by example, and its gradient when each example's loss counts by `share`. */
export interface ExampleLosses {
  /** `[count, 1]` */
  losses: Tensor;
  /** The gradient with respect to the logits for shares `[count, 1]`. */
  gradient(share: Tensor): Tensor;
}

/** The loss of a batch, the weighted sum over its examples divided by their count, and its gradient. */
export function batchLoss(
  graph: Graph,
  loss: Loss,
  { logits, targets, weights }: LossOperands & { weights: Tensor },
): { loss: Tensor; gradient: Tensor } {
  graph.scope("loss");
  const { losses, gradient } = exampleLosses(graph, loss, { logits, targets });
  const count = logits.shape[0];
  const share = div(graph, reshape(graph, weights, [count, 1]), count);
  return {
    loss: reduce(graph, mul(graph, losses, share), { by: "Sum", axes: [0, 1] }),
    gradient: gradient(share),
  };
}

function exampleLosses(graph: Graph, loss: Loss, operands: LossOperands): ExampleLosses {
  switch (loss.kind) {
    case "categorical-cross-entropy":
      return categoricalCrossEntropy(graph, operands, loss);
    case "binary-cross-entropy":
      return binaryCrossEntropy(graph, operands, loss);
    case "focal":
      return focal(graph, operands, loss);
    case "supervised-contrastive":
      return supervisedContrastive(graph, operands, loss);
    case "contrastive-cross-entropy": {
      const first = categoricalCrossEntropy(graph, operands, loss);
      const second = supervisedContrastive(graph, operands, loss);
      return {
        losses: add(graph, first.losses, mul(graph, second.losses, loss.weight)),
        gradient: (share) => add(graph, first.gradient(share), second.gradient(mul(graph, share, loss.weight))),
      };
    }
  }
}
