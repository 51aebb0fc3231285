// Runs in a page, where the libraries for CSV don't.
import { marked } from "../../files/formula_mark.ts";
import { verdictCells, verdictColumns } from "../../listening/verdict_cells.ts";
import type { Verdict } from "../../listening/verdicts.ts";

/** What `formatVerdicts` makes of verdicts, each cell in quotes. */
export function verdictLines(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map((verdict) => {
    const cells = verdictCells(verdict);
    return verdictColumns.map((column) => cells[column]);
  });
  const quoted = (cell: string | number) =>
    typeof cell === "number" ? String(cell) : `"${marked(cell).replaceAll('"', '""')}"`;
  return [verdictColumns, ...rows].map((row) => row.map(quoted).join(",") + "\n").join("");
}
