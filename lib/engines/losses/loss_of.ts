import { checked } from "../../errors/mod.ts";
import { type Loss, lossOptions } from "./built_in.ts";
import { losses, type LossFunctions } from "./define_loss.ts";

/** The functions of a loss and its options with their defaults. */
export function lossOf(loss: Loss): { name: string; definition: LossFunctions; options: never } {
  const { kind, ...options } = checked(lossOptions, loss, { expected: "a loss", where: "training.loss" });
  return { name: kind, definition: losses.find(kind).definition, options: options as never };
}
