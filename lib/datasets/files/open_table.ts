import { basename, dirname } from "node:path";
import { readTable, type Table, type TableRow } from "../../files/mod.ts";
import { type ColumnNames, type ColumnRoles, columnRoles } from "./column_roles.ts";
import { locateRecordings } from "./locate_recordings.ts";

/** A table of recordings: what its columns are, and where the recordings lie. */
export interface OpenedTable extends Omit<Table, "notes"> {
  /** The file's name, for messages. */
  name: string;
  of: ColumnRoles["of"];
  /** Path of each recording below the table's folder, by its name in the table. */
  located: Map<string, string>;
  /** How the table was understood, in sentences. */
  notes: string[];
}

/**
 * Reads a table and finds the recordings that it names.
 *
 * @throws {DataError} for what isn't a table, or has no column for recordings or labels.
 * @throws {UsageError} for a name in `columns` that is no column of it.
 */
export async function openTable(path: string, columns?: ColumnNames): Promise<OpenedTable> {
  const table = await readTable(path);
  const { of, notes } = columnRoles(table.columns, path, columns);
  const flat = withoutBreaks(table.rows, of);
  const located = await locateRecordings(dirname(path), flat.rows.map(({ cells }) => cells[of.recording!]));
  return {
    ...table,
    ...{ rows: flat.rows, name: basename(path), of, located: located.paths },
    notes: [...table.notes, ...notes, ...flat.notes, ...located.notes],
  };
}

/** The rows with a blank for line breaks and other control characters in all that is a name: each is said in one line. */
function withoutBreaks(rows: readonly TableRow[], of: ColumnRoles["of"]): { rows: TableRow[]; notes: string[] } {
  const found: string[] = [];
  const names = Object.values(of);
  const flat = rows.map(({ line, cells }) => {
    const odd = names.filter((column) => /\p{Cc}/u.test(cells[column]));
    found.push(...odd.map((column) => `${JSON.stringify(cells[column])} in line ${line}`));
    const flat = Object.fromEntries(odd.map((name) => [name, cells[name].replaceAll(/[\p{Cc}\s]+/gu, " ")]));
    return { line, cells: { ...cells, ...flat } };
  });
  const note = `line breaks and control characters are read as blanks in ${found.length} cells, such as ${found[0]}`;
  return { rows: flat, notes: found.length === 0 ? [] : [note] };
}
