import { InputError } from "../../errors/mod.ts";
import { askPart, partPlace } from "../../parts/mod.ts";
import { type Loss, losses, lossOf, type LossOperands } from "../losses/mod.ts";
import type { Graph, Tensor } from "./graph.ts";
import { div, mul, reduce } from "./onnx/arithmetic.ts";
import { reshape } from "./onnx/rearrange.ts";

/**
 * The loss of a batch, the weighted sum over its examples divided by their count, and its gradient.
 *
 * @throws {InputError} naming a loss that has no nodes, or whose nodes have other extents than they must.
 */
export function batchLoss(
  graph: Graph,
  loss: Loss,
  { logits, targets, weights }: LossOperands & { weights: Tensor },
): { loss: Tensor; gradient: Tensor } {
  graph.scope("loss");
  const { name, definition, options } = lossOf(loss);
  if (definition.graph === undefined) {
    throw new InputError({
      expected: "a loss that the engine ort can derive",
      found: "none of its nodes",
      where: partPlace(losses, name),
      remedy: "give it graph(), or use the engine wasm or cpu, which derive every loss",
    });
  }
  const count = logits.shape[0];
  const share = div(graph, reshape(graph, weights, [count, 1]), count);
  const [each, slope] = askPart(losses, { name, expected: "graph() to give nodes" }, () => {
    const made = definition.graph!(graph, { logits, targets }, options);
    return [made.losses, made.gradient(share)];
  });
  for (const [what, { shape }, wanted] of [["losses", each, [count, 1]], ["gradient", slope, logits.shape]] as const) {
    if (shape.join() === wanted.join()) continue;
    throw new InputError({
      expected: `${what} [${wanted.join(", ")}] of graph()`,
      found: `[${shape.join(", ")}]`,
      where: partPlace(losses, name),
    });
  }
  return { loss: reduce(graph, mul(graph, each, share), { by: "Sum", axes: [0, 1] }), gradient: slope };
}
