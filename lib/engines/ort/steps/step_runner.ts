import type { LayersModel } from "@tensorflow/tfjs";
import type { Batch, SessionOptions } from "../../engine.ts";
import type { WeightRule } from "../../weight_rules.ts";
import type { Shape } from "../graph.ts";
import type { OptimizerRule } from "../optimizers/mod.ts";
import type { Machine } from "../ort_runtime.ts";
import type { TrainingState } from "./training_state.ts";

/** What became of a step. */
export interface StepResult {
  loss: number;
  /** In mixed precision: whether the loss was scaled too high for the gradients; the state is as before. @default {false} */
  overflow?: boolean;
}

/** What takes batches through the graphs of a step: one session of onnxruntime, or several. */
export interface BatchRunner {
  /** Compiles for batches of `count` before the first of them comes. */
  prepare(count: number): Promise<void>;
  /** One step from the current to the next vectors of the state, by the numbers of the optimiser; `meanwhile` as in a session. */
  run(batch: Batch, numbers: Readonly<Record<string, number>>, meanwhile?: () => void): Promise<StepResult>;
  /** Where the values of that step stopped being numbers. */
  findBroken(batch: Batch): Promise<string>;
  dispose(): Promise<void>;
}

/** What executes training steps. */
export interface StepRunner extends BatchRunner {
  /** Brings the current vectors into the state, from wherever the steps have them. */
  gather(): Promise<void>;
  /** The state has been given other vectors. */
  forget(): void;
}

/** What a {@linkcode StepRunner} is made from. */
export interface StepContext extends Machine {
  model: LayersModel;
  options: SessionOptions;
  optimizer: OptimizerRule;
  rules: readonly WeightRule[];
  groups: ReadonlyMap<number, number>;
  state: TrainingState;
  /** Extents of one example. */
  inputShape: Shape;
  /** Logits of one example. */
  outputs: number;
  /** A layer whose batch statistics need two examples. */
  normalised?: string;
}

/** The values of `make` by the count of a batch, each made once. */
export function byCount<Value>(make: (count: number) => Promise<Value>) {
  const known = new Map<number, Promise<Value>>();
  return {
    of(count: number): Promise<Value> {
      const value = known.get(count) ?? make(count);
      known.set(count, value);
      return value;
    },
    /** What all of them came to, but for those that failed. */
    async made(): Promise<Value[]> {
      const all = await Promise.allSettled(known.values());
      return all.flatMap((one) => one.status === "fulfilled" ? [one.value] : []);
    },
  };
}
