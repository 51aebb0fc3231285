import type { HistoryRow } from "./history.ts";

/** What a training tells of one step. */
export interface StepEvent {
  /** From 1. */
  epoch: number;
  epochs: number;
  /** Examples trained in this epoch so far. */
  examples: number;
  /** Examples of an epoch. */
  examplesPerEpoch: number;
  /** Mean loss of the epoch so far. */
  loss: number;
  learningRate: number;
  /** Examples a second in this epoch so far. */
  samplesPerSecond: number;
}

/** One concern beside the loop: what to show, when to stop. It keeps no state that a resumed training would miss. */
export interface Callback {
  onStep?(event: StepEvent): void;
  /** @param history All rows so far, those from before a resumption included. @returns `"stop"` to end the training. */
  onEpochEnd?(history: readonly HistoryRow[]): "stop" | void | Promise<"stop" | void>;
  /** The training ended, by whatever cause. */
  onEnd?(): void;
}
