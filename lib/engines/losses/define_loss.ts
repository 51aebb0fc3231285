import type { Tensor as Computed, Tensor2D } from "@tensorflow/tfjs";
import type { z } from "zod";
import { type AnyOptions, type Options, type Part, type PartBase, PartKind } from "../../parts/mod.ts";
import type { Graph, Tensor } from "../ort/graph.ts";

/** What the nodes of a loss start from. */
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
  /** The gradient with respect to the logits, `[count, outputs]`, for shares `[count, 1]`. */
  gradient(share: Tensor): Tensor;
}

/** What a training makes small: one number an example; a batch's loss is their weighted sum divided by the count. */
export interface LossDefinition<Name extends string, Options extends z.ZodObject> {
  name: Name;
  options: Options;
  /**
   * The loss of each example, `[count]`, from the outputs before softmax or sigmoid and the targets, both
   * `[count, outputs]`, in operations of tfjs, which derives them.
   */
  tensor(logits: Tensor2D, targets: Tensor2D, options: z.output<Options>): Computed;
  /** The same as nodes of ONNX with its gradient, for the engine `ort`; without it, that engine can't train by this loss. */
  graph?(graph: Graph, operands: LossOperands, options: z.output<Options>): ExampleLosses;
  /** Whether each output is a question of its own: label smoothing then goes towards a half. @default {false} */
  independent?: boolean;
  /** Whether it compares the examples of a batch with each other, so that a batch must stay whole. @default {false} */
  acrossExamples?: boolean;
}

/** The functions of any loss. */
export type LossFunctions = Omit<LossDefinition<string, AnyOptions>, keyof PartBase>;

/** A defined loss. */
export type LossPart<Name extends string, Shape extends z.ZodRawShape = Record<never, never>> = Part<
  "loss",
  LossDefinition<Name, Options<Shape>>
>;

/** The losses that are known. */
export const losses: PartKind<LossFunctions> = new PartKind("loss", "a loss");

/**
 * A loss of one's own, to be called with its options as the `training.loss` of an experiment.
 *
 * @throws {UsageError} where another module has defined one of that name.
 *
 * @example The mean absolute error of the probabilities, which wrong labels move less than cross-entropy (Ghosh et al. 2017)
 * ```ts
 * import { expect } from "expect";
 * import { z } from "zod";
 * import { defineLoss } from "./define_loss.ts";
 *
 * const absolute = defineLoss({
 *   name: "absolute-error",
 *   options: z.strictObject({ scale: z.number().positive().default(1) }),
 *   tensor: (logits, targets, { scale }) => logits.softmax().sub(targets).abs().sum(1).mul(scale),
 * });
 * expect(absolute({ scale: 2 })).toEqual({ kind: "absolute-error", scale: 2 });
 * ```
 */
export function defineLoss<const Name extends string, Options extends z.ZodObject>(
  definition: LossDefinition<Name, Options>,
): Part<"loss", LossDefinition<Name, Options>> {
  return losses.define(definition) as Part<"loss", LossDefinition<Name, Options>>;
}
