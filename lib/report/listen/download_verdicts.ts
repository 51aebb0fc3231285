// verdicts.csv without a server. Runs in the page, where the libraries for CSV don't.
import { marked } from "../../files/formula_mark.ts";
import { verdictCells, verdictColumns } from "../../listening/verdict_cells.ts";
import type { Verdict } from "../../listening/verdicts.ts";

/** What `formatVerdicts` makes of verdicts, each cell in quotes. */
export function verdictLines(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map(verdictCells).map((cells) => verdictColumns.map((column) => cells[column]));
  const quoted = (cell: string | number) =>
    typeof cell === "number" ? String(cell) : `"${marked(cell).replaceAll('"', '""')}"`;
  return [verdictColumns, ...rows].map((row) => row.map(quoted).join(",") + "\n").join("");
}

/** Gives the listener a file of all verdicts. */
export function downloadVerdicts(verdicts: readonly Verdict[]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([verdictLines(verdicts)], { type: "text/csv" }));
  link.download = "verdicts.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
