import { basename } from "node:path";
import { DataError } from "../../errors/mod.ts";
import { type CsvRow, parseCsv } from "../../files/mod.ts";
import type { DatasetFiles } from "./dataset_files.ts";

/** A line of a table, and the table that it stands in. */
export interface TableLine {
  table: string;
  cells: CsvRow;
}

/**
 * The lines of all tables of a name, wherever they lie: names of columns and cells without blanks around them.
 *
 * @param options `columns`: those that a table can't be read without.
 * @throws {DataError} for a table with lines that lacks one of them.
 */
export async function linesOf(
  files: DatasetFiles,
  name: string | RegExp,
  { delimiter, columns = [] }: { delimiter?: string; columns?: readonly string[] } = {},
): Promise<TableLine[]> {
  const tables = files.paths.filter((path) => typeof name === "string" ? basename(path) === name : name.test(path));
  const trimmed = (cells: CsvRow) =>
    Object.fromEntries(Object.entries(cells).map(([column, cell]) => [column.trim(), cell.trim()]));
  const lines = await Promise.all(
    tables.map(async (table) =>
      parseCsv(await files.text(table), table, { delimiter }).map((cells) => ({ table, cells: trimmed(cells) }))
    ),
  );
  for (const [first] of lines) {
    const lacking = first && columns.find((column) => !(column in first.cells));
    if (!lacking) continue;
    throw new DataError({
      expected: `a column "${lacking}"`,
      found: Object.keys(first.cells).join(", "),
      where: first.table,
      remedy: "take the table as it was published, or import it as one of your own: deno task import",
    });
  }
  return lines.flat();
}

/** The cell in the first column whose name fits, empty where none does. */
export function cellOf(cells: CsvRow, column: RegExp): string {
  return cells[Object.keys(cells).find((name) => column.test(name)) ?? ""] ?? "";
}
