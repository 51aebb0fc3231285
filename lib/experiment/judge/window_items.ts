import type { Prediction } from "../../scores/mod.ts";

/** The item of each window, `0, 1, …`: a window with the number 0 begins one, and so does what has no number. */
export function windowItems(windows: readonly Prediction[]): Int32Array {
  let item = -1;
  return Int32Array.from(windows, ({ window = 0 }) => window === 0 ? ++item : item);
}
