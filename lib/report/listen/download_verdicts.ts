// verdicts.csv without a server. Runs in the page.
import type { Verdict } from "../../listening/verdicts.ts";
import { verdictLines } from "./verdict_lines.ts";

/** Gives the listener a file of all verdicts. */
export function downloadVerdicts(verdicts: readonly Verdict[]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([verdictLines(verdicts)], { type: "text/csv" }));
  link.download = "verdicts.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
