import { bestRow, type HistoryRow } from "./history.ts";
import type { ResolvedTraining } from "./training_options.ts";

/** Where a training stands. */
export interface SchedulePosition {
  /** Steps done before this one. */
  step: number;
  stepsPerEpoch: number;
  /** Rows of the epochs done. */
  history: readonly HistoryRow[];
}

/**
 * The learning rate of a step:
 *
 * - `cosine`: half a cosine from the learning rate to 0 (Loshchilov and Hutter 2017);
 * - `one-cycle`: up from 1/25 in the first 30 % of the steps, then down to 1/250,000, both along a cosine (Smith and
 *   Topin 2019, the constants of PyTorch);
 * - `warm-up`: along a line, then constant or cosine;
 * - `plateau`: multiplied by `factor` each time that `patience` epochs have brought no better validation score.
 */
export function learningRate(options: ResolvedTraining, { step, stepsPerEpoch, history }: SchedulePosition): number {
  const { schedule, epochs, optimizer: { learningRate: peak } } = options;
  const total = epochs * stepsPerEpoch;
  if (schedule === "constant") return peak;
  if (schedule === "cosine") return along(peak, 0, step / total);
  if (schedule === "one-cycle") {
    const top = 0.3 * total - 1;
    if (step <= top) return along(peak / 25, peak, step / top);
    return along(peak, peak / 25e4, (step - top) / (total - 1 - top));
  }
  if (schedule.kind === "warm-up") {
    const rise = schedule.epochs * stepsPerEpoch;
    if (step < rise) return peak * Math.min(1, (step + 1) / rise);
    return schedule.then === "constant" ? peak : along(peak, 0, (step - rise) / Math.max(1, total - rise));
  }
  return peak * schedule.factor ** plateaus(history, schedule.patience);
}

/** Half a cosine from one value to another. */
function along(from: number, to: number, share: number): number {
  return to + (from - to) * (1 + Math.cos(Math.PI * Math.min(1, share))) / 2;
}

/** How often the score has stood still for `patience` epochs, counted anew after each. */
function plateaus(history: readonly HistoryRow[], patience: number): number {
  let found = 0;
  let since = 0;
  history.forEach((row, i) => {
    since = bestRow(history.slice(0, i + 1)) === row ? 0 : since + 1;
    if (since < patience) return;
    found++;
    since = 0;
  });
  return found;
}
