import { basename, dirname } from "node:path";
import { readTable, type Table } from "../../files/mod.ts";
import { type ColumnNames, type ColumnRoles, columnRoles } from "./column_roles.ts";
import { locateRecordings } from "./locate_recordings.ts";

/** A table of recordings: what its columns are, and where the recordings lie. */
export interface OpenedTable extends Omit<Table, "notes"> {
  /** The file's name, for messages. */
  name: string;
  /** Column of each role. */
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
  const located = await locateRecordings(dirname(path), table.rows.map(({ cells }) => cells[of.recording!]));
  return {
    ...table,
    ...{ name: basename(path), of, located: located.paths },
    notes: [...table.notes, ...notes, ...located.notes],
  };
}
