import type { LayersModel } from "@tensorflow/tfjs";
import type { Batch, SessionOptions } from "../../engine.ts";
import type { WeightRule } from "../../weight_rules.ts";
import type { Shape } from "../graph.ts";
import type { OptimizerRule } from "../optimizers/mod.ts";
import type { Machine } from "../ort_runtime.ts";
import type { TrainingState } from "./training_state.ts";

/** What executes training steps: one session of onnxruntime, or several at once. */
export interface StepRunner {
  /** Compiles for batches of `count` before the first of them comes. */
  prepare(count: number): Promise<void>;
  /** One step from the current to the next vectors of the state, by the numbers of the optimiser; resolves to the loss. */
  run(batch: Batch, scalars: Readonly<Record<string, number>>): Promise<number>;
  /** Where the values of that step stopped being numbers. */
  findBroken(batch: Batch): Promise<string>;
  /** Brings the current vectors into the state, from wherever the steps have them. */
  gather(): Promise<void>;
  /** The state has been given other vectors. */
  forget(): void;
  dispose(): Promise<void>;
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
}

/** The values of a map of promises, each made once. */
export function remembered<Key, Value>(
  make: (key: Key) => Promise<Value>,
): Map<Key, Promise<Value>> & { of(key: Key): Promise<Value> } {
  const known = new Map<Key, Promise<Value>>();
  return Object.assign(known, {
    of(key: Key) {
      const value = known.get(key) ?? make(key);
      known.set(key, value);
      return value;
    },
  });
}
