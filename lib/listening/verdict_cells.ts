// Runs in a page as well, where the libraries for CSV don't.
import type { Verdict } from "./verdicts.ts";

/** The columns of `verdicts.csv`. */
export const verdictColumns = [
  ...["item", "rater", "queue", "label", "verdict", "certainty", "blind", "events", "remark", "seconds", "time"],
];

/** "Can't tell", as it stands in the file. */
export const CANT_TELL = "?";

/** A verdict as it stands in `verdicts.csv`: one line, whatever is in a remark. */
export function verdictCells(verdict: Verdict): Record<string, string | number> {
  const line = (text: string) => text.replaceAll(/\s+/g, " ");
  return {
    ...verdict,
    rater: line(verdict.rater),
    label: verdict.label ?? "",
    verdict: verdict.verdict ?? CANT_TELL,
    blind: verdict.blind ? "yes" : "no",
    events: verdict.events.length === 0 ? "" : JSON.stringify(verdict.events),
    remark: line(verdict.remark),
  };
}
