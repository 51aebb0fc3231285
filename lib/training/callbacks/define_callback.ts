import type { z } from "zod";
import { type AnyOptions, askPart, type CalledPart, type Part, PartKind } from "../../parts/mod.ts";
import type { HistoryRow } from "../history.ts";

/** What a training tells of one step. */
export interface StepEvent {
  /** From 1. */
  epoch: number;
  epochs: number;
  /** Examples trained in this epoch so far. */
  examples: number;
  examplesPerEpoch: number;
  /** Mean loss of the epoch so far. */
  loss: number;
  learningRate: number;
  /** Examples a second in this epoch so far. */
  samplesPerSecond: number;
}

/**
 * One concern beside the loop, by Keras' moments: what to show, when to stop. It has no say in the weights, and keeps no
 * state that a resumed training would miss: all that was is in the history.
 */
export interface Callback {
  /** @param history Rows from before a resumption. */
  onTrainBegin?(history: readonly HistoryRow[]): void;
  /** @param epoch From 1. */
  onEpochBegin?(epoch: number): void;
  onStep?(event: StepEvent): void;
  /** @param history All rows so far, those from before a resumption included. @returns `"stop"` to end the training. */
  onEpochEnd?(history: readonly HistoryRow[]): "stop" | void | Promise<"stop" | void>;
  /** The training ended, by whatever cause. */
  onTrainEnd?(history: readonly HistoryRow[]): void;
}

/** A callback that an experiment can name. */
export interface CallbackDefinition<Name extends string, Options extends z.ZodObject> {
  name: Name;
  options: Options;
  /** A new one for each training. */
  create(options: z.output<Options>): Callback;
}

/** The callbacks that are known. */
export const callbacks: PartKind<CallbackDefinition<string, AnyOptions>> = new PartKind("callback", "a callback");

/**
 * A callback of one's own, to be called with its options as an entry of `training.callbacks` in an experiment.
 *
 * @throws {UsageError} where another module has defined one of that name.
 *
 * @example Ends a training that has learnt all there is
 * ```ts
 * import { expect } from "expect";
 * import { z } from "zod";
 * import { defineCallback } from "./define_callback.ts";
 *
 * const goodEnough = defineCallback({
 *   name: "good-enough",
 *   options: z.strictObject({ loss: z.number().positive().default(0.01) }),
 *   create: ({ loss }) => ({ onEpochEnd: (history) => history.at(-1)!.loss < loss ? "stop" : undefined }),
 * });
 * expect(goodEnough({ loss: 0.1 })).toEqual({ kind: "good-enough", loss: 0.1 });
 * ```
 */
export function defineCallback<const Name extends string, Options extends z.ZodObject>(
  definition: CallbackDefinition<Name, Options>,
): Part<"callback", CallbackDefinition<Name, Options>> {
  return callbacks.define(definition) as Part<"callback", CallbackDefinition<Name, Options>>;
}

const MOMENTS = ["onTrainBegin", "onEpochBegin", "onStep", "onEpochEnd", "onTrainEnd"] as const;

/** The callback that a description names; what it throws names it and its module. */
export function createCallback({ kind: name, ...options }: CalledPart<"callback">): Callback {
  const { definition } = callbacks.find(name);
  const ask = <T>(called: string, call: () => T) =>
    askPart(callbacks, { name, expected: `${called} to end well` }, call);
  const made = ask("create()", () => definition.create(options as never));
  const moments = MOMENTS.filter((moment) => made[moment]).map((moment) => [
    moment,
    (told: never) => ask(`${moment}()`, () => made[moment]!(told)),
  ]);
  return Object.fromEntries(moments);
}
