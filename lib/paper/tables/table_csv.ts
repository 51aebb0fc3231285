import { formatCsv } from "../../files/mod.ts";
import type { NumberCell, PaperTable } from "./paper_table.ts";

/** A table for programs: numbers with all their digits, the ends of an interval and what stands behind a number in columns of their own. */
export function tableCsv({ head, rows }: PaperTable): string {
  const numbers = (column: number) => rows.map((row) => row[column]).filter((cell) => typeof cell !== "string");
  const columns = head.map((name, c) => ({ name: name || "what", parts: partsOf(numbers(c)) }));
  return formatCsv(
    rows.map((row) =>
      Object.fromEntries(row.flatMap((cell, c) => {
        const { name, parts } = columns[c];
        if (typeof cell === "string") return [[name, cell]];
        return [[name, cell.value ?? ""], ...parts.map((part) => [`${name}: ${part}`, cell[part] ?? ""])];
      }))
    ),
    columns.flatMap(({ name, parts }) => [name, ...parts.map((part) => `${name}: ${part}`)]),
  );
}

function partsOf(cells: readonly NumberCell[]): ("low" | "high" | "unit" | "note")[] {
  return (["low", "high", "unit", "note"] as const).filter((part) =>
    cells.some((cell) => (cell[part] ?? null) !== null)
  );
}
