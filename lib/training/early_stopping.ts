import type { Callback } from "./callback.ts";
import { bestRow } from "./history.ts";

/** Ends a training once `patience` epochs have brought no better validation score. */
export function earlyStopping({ patience }: { patience: number }): Callback {
  return {
    onEpochEnd(history) {
      return history.at(-1)!.epoch - bestRow(history)!.epoch >= patience ? "stop" : undefined;
    },
  };
}
