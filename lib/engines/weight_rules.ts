import type { layers, LayersModel, LayerVariable } from "@tensorflow/tfjs";
import { TrainingError } from "../errors/mod.ts";
import { layersOf } from "./layers_of.ts";

/** What a layer asks of one of its trained weights, beside what the loss asks. */
export interface WeightRule {
  /** Position among `model.weights`. */
  index: number;
  /** Share of `sum |w|` in the loss. */
  l1: number;
  /** Share of `sum w^2` in the loss. */
  l2: number;
  /** Where each update ends. */
  constraint?: WeightConstraint;
}

/**
 * No number below 0; or the norm `n` over `axes` (of tfjs) moved to `rate clip(n, min, max) + (1 - rate) n`: maxNorm,
 * unitNorm and minMaxNorm of tfjs.
 */
export type WeightConstraint =
  | { kind: "non-negative" }
  | { kind: "norm"; min: number; max: number; rate: number; axes: number[] };

/** Added to norms before anything is divided by them, as in tfjs. */
export const NORM_EPSILON = 1e-7;

/**
 * The regularizers and constraints of all trained weights, each weight once however often its layer is used, as in Keras.
 *
 * @throws {TrainingError} naming the layer whose rule no engine follows: one of an own class, or of its outputs.
 */
export function weightRules(model: LayersModel): WeightRule[] {
  return layersOf(model).flatMap(({ layer, frozen, variables }) => {
    // What tfjs keeps to itself.
    const { _losses, activityRegularizer } = layer as unknown as Record<"_losses", unknown[]> & Record<string, unknown>;
    if (activityRegularizer) refuse(layer, "an activityRegularizer");
    const read = variables.map((variable) => ({ variable, penalty: penaltyOn(layer, variable) }));
    if (_losses.length > read.filter(({ penalty }) => penalty).length) refuse(layer, "a loss of its own");
    if (frozen) return [];
    return read.flatMap(({ variable, penalty }) => {
      const index = model.trainableWeights.includes(variable) ? model.weights.indexOf(variable) : -1;
      const constraint = constraintOf(layer, variable);
      return index >= 0 && (penalty || constraint) ? [{ index, l1: 0, l2: 0, ...penalty, constraint }] : [];
    });
  });
}

/** A regularizer or constraint of tfjs. */
interface Rule {
  getClassName(): string;
  getConfig(): Record<string, unknown>;
}

function penaltyOn(layer: layers.Layer, variable: LayerVariable): { l1: number; l2: number } | undefined {
  const role = variable.originalName.split("/").at(-1)!.replace(/_kernel$/, "");
  const regularizer = (layer as unknown as Record<string, Rule | null | undefined>)[`${role}Regularizer`];
  if (!regularizer) return undefined;
  if (regularizer.getClassName() !== "L1L2") refuse(layer, `the ${role}Regularizer ${regularizer.getClassName()}`);
  return regularizer.getConfig() as { l1: number; l2: number };
}

function constraintOf(layer: layers.Layer, variable: LayerVariable): WeightConstraint | undefined {
  const { constraint } = variable as unknown as { constraint: Rule | null | undefined };
  if (!constraint) return undefined;
  const kind = constraint.getClassName();
  if (kind === "NonNeg") return { kind: "non-negative" };
  const known = { MaxNorm: { min: 0 }, UnitNorm: { min: 1, max: 1 }, MinMaxNorm: {} }[kind];
  if (known === undefined) refuse(layer, `the constraint ${kind} of its ${variable.originalName}`);
  const { minValue, maxValue, rate, axis } = constraint.getConfig() as Record<string, number>;
  const rank = variable.shape.length;
  const axes = [axis].flat().map((one) => one < 0 ? one + rank : one);
  return { kind: "norm", min: minValue, max: maxValue, rate: rate ?? 1, axes, ...known };
}

function refuse(layer: layers.Layer, found: string): never {
  throw new TrainingError({
    expected: "regularizers l1, l2 and l1l2 and constraints maxNorm, minMaxNorm, unitNorm and nonNeg of weights",
    found,
    where: `the layer "${layer.name}" (${layer.getClassName()})`,
    remedy: "take it out: no engine can follow it",
  });
}
