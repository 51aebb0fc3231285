import { bestTrial } from "./best_trial.ts";
import { rateText, type SweepProgress } from "./sweep_progress.ts";
import { type Direction, lastStep, type ParamValue, type Trial } from "./trial.ts";

/** What the table shows. */
export interface SweepTableOptions {
  name: string;
  direction: Direction;
  progress: SweepProgress;
  /** Columns of the terminal: no line is longer. @default {80} */
  width?: number;
  /** Rows of running trials, at most. @default {8} */
  rows?: number;
}

const BAR = 30;

/**
 * A sweep as it stands, as lines of text: how many trials are done, what is running and how far it came, the best so far,
 * how long it will take.
 */
export function sweepTable(trials: readonly Trial[], options: SweepTableOptions): string[] {
  const { name, direction, progress, width = 80, rows = 8 } = options;
  const { ended, limit, complete, pruned, failed, running } = progress;
  const filled = Math.min(BAR, Math.round(BAR * ended / Math.max(1, limit)));
  const best = bestTrial(trials, direction);
  const atWork = trials.filter(({ state }) => state === "running");
  const shown = [...best ? [best] : [], ...atWork.slice(0, rows)];
  const keys = [...new Set(shown.flatMap(({ params }) => Object.keys(params)))];
  const head = ["trial", "", "epoch", "value", ...keys.map((key) => key.split(".").at(-1)!)];
  const cells = shown.map((trial) => {
    const step = lastStep(trial);
    const value = trial.state === "running" ? trial.intermediate.get(step) : trial.value;
    return [
      String(trial.number),
      trial === best ? "best" : "running",
      step < 0 ? "-" : String(step),
      typeof value === "number" ? value.toFixed(4) : "-",
      ...keys.map((key) => shortText(trial.params[key])),
    ];
  });
  const widths = head.map((title, column) => Math.max(title.length, ...cells.map((row) => row[column].length)));
  const line = (row: string[]) => row.map((cell, column) => cell.padStart(widths[column])).join("  ");
  const rate = rateText(progress);
  return [
    `${name}  ${"█".repeat(filled)}${"░".repeat(BAR - filled)}  ${ended} of ${limit} trials`,
    `${complete} complete  ${pruned} pruned  ${failed} failed  ${running} running${rate && `  ${rate}`}`,
    ...(shown.length > 0 ? ["", line(head), ...cells.map(line)] : []),
    ...(atWork.length > rows ? [`and ${atWork.length - rows} more at work`] : []),
  ].map((text) => text.slice(0, width));
}

function shortText(value: ParamValue | undefined): string {
  if (value === undefined) return "-";
  return typeof value === "number" && !Number.isInteger(value) ? value.toPrecision(3) : String(value);
}
