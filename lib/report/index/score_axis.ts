import { roundValues } from "../../plots/mod.ts";

/** Where the values of an axis lie, and its round ones. */
export interface ScoreAxis {
  /** In per cent of the axis. */
  place: (value: number) => number;
  ticks: number[];
}

/** From the worst to the best that is drawn, within 0 and 1 where all lies there. */
export function scoreAxis(values: readonly number[]): ScoreAxis {
  const [first, last] = [Math.min(...values), Math.max(...values)];
  const margin = 0.06 * (last - first || 0.1);
  const share = first >= 0 && last <= 1;
  const least = share ? Math.max(0, first - margin) : first - margin;
  const most = share ? Math.min(1, last + margin) : last + margin;
  return {
    place: (value) => Math.max(0, Math.min(100, 100 * (value - least) / (most - least))),
    ticks: roundValues(least, most, 6),
  };
}
