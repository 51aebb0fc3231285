import type { Tensor1D, Tensor2D } from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
import { askPart, partPlace } from "../../parts/mod.ts";
import { type Loss, losses, lossOf } from "../losses/mod.ts";

/**
 * The loss of each example, `[count]`.
 *
 * @param logits `[count, outputs]`
 * @param targets `[count, outputs]`
 * @throws {InputError} naming a loss that fails or gives another shape.
 */
export function exampleLosses(loss: Loss, logits: Tensor2D, targets: Tensor2D): Tensor1D {
  const { name, definition, options } = lossOf(loss);
  const made = askPart(losses, { name, expected: "tensor() to give the loss of each example" }, () => {
    return definition.tensor(logits, targets, options);
  });
  const [count] = logits.shape;
  if (made?.shape?.join() === `${count}`) return made as Tensor1D;
  throw new InputError({
    expected: `one loss for each of ${count} examples, [${count}]`,
    found: made?.shape ? `[${made.shape.join(", ")}]` : typeof made,
    where: partPlace(losses, name),
    remedy: "sum or average over the outputs: .sum(1)",
  });
}
