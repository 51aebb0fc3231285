import { escapeMarkup } from "../escape_markup.ts";
import type { Figure, FigureOptions } from "../figure.ts";
import { LEGEND_ABOVE, SERIES, titled } from "../template.ts";

/** The time that one worker spent on one trial. */
export interface TimelineBar {
  worker: string;
  trial: number;
  state: "complete" | "pruned" | "fail" | "running";
  /** Hours since the sweep began. */
  from: number;
  to: number;
}

const STATES = [
  ["complete", "trained to the end", 0, ""],
  ["pruned", "stopped early", 1, "/"],
  ["fail", "failed", 3, "x"],
  ["running", "running", 2, "."],
] as const;

/** Which worker was at which trial, and when: gaps are time in which nothing was tried. */
export function plotTimeline(bars: readonly TimelineBar[], { title = "Workers" }: FigureOptions = {}): Figure {
  const workers = [...new Set(bars.map(({ worker }) => worker))];
  const longest = Math.max(0, ...bars.map(({ to }) => to));
  const [unit, scale] = longest >= 2 ? ["hours", 1] : longest >= 2 / 60 ? ["minutes", 60] : ["seconds", 3600];
  return {
    data: STATES.map(([state, name, colour, pattern]) => {
      const own = bars.filter((bar) => bar.state === state);
      return {
        ...{ type: "bar", orientation: "h", name, textposition: "inside", insidetextanchor: "middle" } as const,
        y: own.map(({ worker }) => escapeMarkup(worker)),
        base: own.map(({ from }) => from * scale),
        x: own.map(({ from, to }) => (to - from) * scale),
        text: own.map(({ trial }) => String(trial)),
        marker: {
          color: SERIES.light[colour],
          // The second cue beside colour.
          pattern: { shape: pattern, fillmode: "overlay" as const, size: 6, solidity: 0.2 },
          line: { width: 1, color: "rgba(128,128,128,0.6)" },
        },
        hovertemplate: `trial %{text}: %{x:.2f} ${unit}<extra>${name}</extra>`,
      };
    }).filter(({ y }) => y.length > 0),
    layout: {
      ...titled(title),
      barmode: "overlay",
      xaxis: { title: { text: `time since the sweep began (${unit})` }, rangemode: "tozero" },
      yaxis: { categoryorder: "array", categoryarray: workers.map(escapeMarkup).toReversed(), automargin: true },
      ...LEGEND_ABOVE,
      height: 140 + 44 * workers.length,
    },
  };
}
