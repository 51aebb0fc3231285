import { basename } from "node:path";
import { type CsvRow, parseCsv } from "../../files/mod.ts";
import type { DatasetFiles } from "./dataset_files.ts";

/** A line of a table, and the table that it stands in. */
export interface TableLine {
  table: string;
  cells: CsvRow;
}

/** The lines of all tables of a name, wherever they lie: names of columns and cells without blanks around them. */
export async function linesOf(
  files: DatasetFiles,
  name: string | RegExp,
  { delimiter }: { delimiter?: string } = {},
): Promise<TableLine[]> {
  const tables = files.paths.filter((path) => typeof name === "string" ? basename(path) === name : name.test(path));
  const lines = await Promise.all(
    tables.map(async (table) =>
      parseCsv(await files.text(table), table, { delimiter }).map((cells) => ({
        table,
        cells: Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column.trim(), cell.trim()])),
      }))
    ),
  );
  return lines.flat();
}

/** The cell in the first column whose name fits, empty where none does. */
export function cellOf(cells: CsvRow, column: RegExp): string {
  return cells[Object.keys(cells).find((name) => column.test(name)) ?? ""] ?? "";
}
