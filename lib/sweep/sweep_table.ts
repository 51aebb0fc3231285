import { bestTrial, type Direction, lastStep, type ParamValue, type Trial } from "./trial.ts";

/** How far a sweep is. */
export interface SweepProgress {
  /** Trials that have ended, in whatever way. */
  ended: number;
  /** Trials that it is to have. */
  limit: number;
  complete: number;
  pruned: number;
  failed: number;
  running: number;
  best: { number: number; value: number } | null;
  /** Ended trials an hour; `null` before the first one ended. */
  perHour: number | null;
  hoursLeft: number | null;
}

/** What the figures are worked out from, beside the trials. */
export interface SweepProgressOptions {
  direction: Direction;
  limit: number;
  /** Trials that had ended when watching began, and the hours since then. */
  since?: { ended: number; hours: number };
}

/** Counts the trials by their state, and tells from those that ended while one watched how long the others will take. */
export function sweepProgress(trials: readonly Trial[], options: SweepProgressOptions): SweepProgress {
  const { direction, limit, since } = options;
  const count = (state: Trial["state"]) => trials.filter((trial) => trial.state === state).length;
  const [complete, pruned, failed] = [count("complete"), count("pruned"), count("fail")];
  const ended = complete + pruned + failed;
  const best = bestTrial(trials, direction);
  const perHour = since && since.hours > 0 && ended > since.ended ? (ended - since.ended) / since.hours : null;
  return {
    ...{ ended, limit, complete, pruned, failed, running: count("running") },
    best: best ? { number: best.number, value: best.value! } : null,
    perHour,
    hoursLeft: perHour === null ? null : Math.max(0, limit - ended) / perHour,
  };
}

/** The figures as one line of text. */
export function progressLine(progress: SweepProgress): string {
  const { ended, limit, complete, pruned, failed, running, best } = progress;
  const rate = rateText(progress);
  return `${ended}/${limit} trials: ${complete} complete, ${pruned} pruned, ${failed} failed, ${running} running; ` +
    `best ${best ? `${best.value.toFixed(4)} (trial ${best.number})` : "-"}${rate && `; ${rate}`}`;
}

/** `"4.2 trials an hour, 2 h 10 min left"`; `""` where that can't be told yet. */
export function rateText({ perHour, hoursLeft }: SweepProgress): string {
  if (perHour === null || hoursLeft === null) return "";
  const minutes = Math.ceil(60 * hoursLeft);
  const left = minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes} min`;
  return `${perHour >= 100 ? perHour.toFixed(0) : perHour.toPrecision(2)} trials an hour, ${left} left`;
}

/** What the table shows. */
export interface SweepTableOptions {
  name: string;
  direction: Direction;
  progress: SweepProgress;
  /** Name of the score. @default {"value"} */
  objective?: string;
  /** Epochs that a trial has when nothing stops it, through all its folds. */
  steps?: number;
  /** Columns of the terminal: no line is longer. @default {80} */
  width?: number;
  /** Rows of running trials, at most. @default {8} */
  rows?: number;
}

const BAR = 30;

/**
 * A sweep as it stands, as lines of text: how many trials are done, what is running and how far it came, the best so far,
 * how long it will take. Settings that find no room are counted.
 */
export function sweepTable(trials: readonly Trial[], options: SweepTableOptions): string[] {
  const { name, direction, progress, objective = "value", steps, width = 80, rows = 8 } = options;
  const { ended, limit, complete, pruned, failed, running } = progress;
  const filled = Math.min(BAR, Math.round(BAR * ended / Math.max(1, limit)));
  const best = bestTrial(trials, direction);
  const atWork = trials.filter(({ state }) => state === "running");
  const shown = [...best ? [best] : [], ...atWork.slice(0, rows)];
  const keys = [...new Set(shown.flatMap(({ params }) => Object.keys(params)))];
  const columns: { head: string; cell: (trial: Trial) => string }[] = [
    { head: "trial", cell: ({ number }) => String(number) },
    { head: "", cell: (trial) => trial === best ? "best" : "running" },
    { head: "epoch", cell: (trial) => epochText(lastStep(trial), steps) },
    { head: objective, cell: scoreText },
    ...keys.map((key) => ({ head: shortKey(key, keys), cell: ({ params }: Trial) => shortText(params[key]) })),
  ];
  const padded = columns.map(({ head, cell }) => {
    const cells = [head, ...shown.map(cell)];
    const size = Math.max(...cells.map((text) => text.length));
    return cells.map((text) => text.padStart(size));
  });
  const fitting = countFitting(padded.map(([head]) => head.length), width);
  const hidden = columns.length - fitting;
  const lines = [undefined, ...shown].map((_, row) => padded.slice(0, fitting).map((cells) => cells[row]).join(GAP));
  const rate = rateText(progress);
  return [
    `${name}  ${"█".repeat(filled)}${"░".repeat(BAR - filled)}  ${ended} of ${limit} trials`,
    `${complete} complete  ${pruned} pruned  ${failed} failed  ${running} running${rate && `  ${rate}`}`,
    ...(shown.length > 0 ? ["", `${lines[0]}${hidden > 0 ? `${GAP}+${hidden} more` : ""}`, ...lines.slice(1)] : []),
    ...(atWork.length > rows ? [`and ${atWork.length - rows} more at work`] : []),
  ].map((text) => text.slice(0, width));
}

const GAP = "  ";
/** Room for the count of settings that find none: `"  +12 more"`. */
const MORE = 10;

/** So many columns of these widths stand side by side. */
function countFitting(sizes: readonly number[], width: number): number {
  const upTo = (count: number) => sizes.slice(0, count).reduce((sum, size) => sum + size + GAP.length, -GAP.length);
  let count = sizes.length;
  while (count > 1 && upTo(count) + (count < sizes.length ? MORE : 0) > width) count--;
  return count;
}

function epochText(step: number, steps: number | undefined): string {
  if (step < 0) return "-";
  return steps === undefined ? String(step) : `${step}/${steps}`;
}

function scoreText(trial: Trial): string {
  const value = trial.state === "running" ? trial.intermediate.get(lastStep(trial)) : trial.value;
  return typeof value === "number" ? value.toFixed(4) : "-";
}

/** The end of a key, as long as it takes to tell it from the others: `"dropout"`, `"2.probability"`. */
function shortKey(key: string, keys: readonly string[]): string {
  const parts = key.split(".");
  for (let from = parts.length - 1; from > 0; from--) {
    const end = parts.slice(from).join(".");
    if (keys.filter((other) => other === end || other.endsWith(`.${end}`)).length === 1) return end;
  }
  return key;
}

function shortText(value: ParamValue | undefined): string {
  if (value === undefined) return "-";
  return typeof value === "number" && !Number.isInteger(value) ? value.toPrecision(3) : String(value);
}
