import { InputError } from "../errors/mod.ts";
import type { Batch } from "./engine.ts";

/**
 * Refuses a batch that holds fewer numbers than its count asks for, and one of a single example under batch normalisation.
 *
 * @param sizes Numbers of one example's inputs, and of one example's targets; the layer that normalises batches, if any.
 * @throws {InputError}
 */
export function checkBatch(
  { inputs, targets, weights, count }: Batch,
  sizes: { inputSize: number; outputs: number; normalised?: string },
): void {
  if (count < 2 && sizes.normalised !== undefined) {
    throw new InputError({
      expected: "at least 2 examples for batch normalisation",
      found: `${count}`,
      where: `a batch for the layer "${sizes.normalised}"`,
      remedy: "leave a last batch of one example out",
    });
  }
  const needed = [["inputs", inputs, sizes.inputSize], ["targets", targets, sizes.outputs], ["weights", weights, 1]];
  for (const [name, array, perExample] of needed as [string, Float32Array, number][]) {
    if (array.length >= count * perExample) continue;
    throw new InputError({
      expected: `${count} x ${perExample} numbers`,
      found: `${array.length}`,
      where: `the ${name} of a batch`,
      remedy: "give the model the shape of the features, and its last layer one output a class",
    });
  }
}
