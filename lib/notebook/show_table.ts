import { displayBundle, elementId } from "./display_bundle.ts";
import { cellTexts, columnsOf, tableHtml, type TableHtmlOptions } from "./table_html.ts";

/** A row of a table by the names of its columns. */
type TableRow = Record<string, unknown>;

/** A table of Arquero, or a DataFrame of danfojs-node, as far as it is shown. */
export type TableFrame = { objects(): object[] } | { columns: string[]; values: unknown[][] };

export type TableOptions = Omit<TableHtmlOptions, "id" | "total">;

/** Tables of more rows are cut, and say so. */
const ROWS_AT_MOST = 2000;

/** Shows rows, a table of Arquero or a DataFrame of danfojs-node as a table that can be sorted and paged; units stand in its heading. */
export async function showTable(rows: readonly object[] | TableFrame, options: TableOptions = {}): Promise<void> {
  const all = (Array.isArray(rows) ? rows : rowsOf(rows as TableFrame)) as readonly TableRow[];
  const shown = all.slice(0, ROWS_AT_MOST);
  await displayBundle({
    "text/html": tableHtml(shown, { ...options, id: elementId(), total: all.length }),
    "text/plain": plainTable(shown.slice(0, options.pageRows ?? 10), options),
  });
}

function rowsOf(frame: TableFrame): object[] {
  if ("objects" in frame) return frame.objects();
  const { columns, values } = frame;
  return values.map((row) => Object.fromEntries(columns.map((name, column) => [name, row[column]])));
}

function plainTable(rows: readonly TableRow[], { digits = 3 }: TableOptions): string {
  const columns = columnsOf(rows);
  const lines = [columns, ...cellTexts(rows, { columns, digits })];
  const widths = columns.map((_, c) => Math.max(...lines.map((line) => line[c].length)));
  return lines.map((line) => line.map((cell, c) => cell.padEnd(widths[c])).join("  ").trimEnd()).join("\n");
}
