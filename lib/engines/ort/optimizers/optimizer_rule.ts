import type { Optimizer, StepOptions } from "../../engine.ts";
import type { Graph, Tensor } from "../graph.ts";

/** Vectors over all trained weights, and the numbers of the step. */
export interface UpdateOperands {
  weights: Tensor;
  gradient: Tensor;
  slots: readonly Tensor[];
  /** Numbers of this step by the names in {@linkcode OptimizerRule.scalars}. */
  scalars: Readonly<Record<string, Tensor>>;
}

/** An optimiser as nodes over one vector that holds all trained weights. */
export interface OptimizerRule {
  /** What must be kept between steps, each as long as the weights. */
  readonly slots: readonly string[];
  /** The numbers that a step is given, where `step` counts those done. */
  scalars(options: StepOptions, step: number): Record<string, number>;
  update(graph: Graph, operands: UpdateOperands): { weights: Tensor; slots: Tensor[] };
}

export type OptionsOf<Kind extends Optimizer["kind"]> = Extract<Optimizer, { kind: Kind }>;
