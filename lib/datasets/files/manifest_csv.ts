import { DataError } from "../../errors/mod.ts";
import { basename, dirname, resolve } from "node:path";
import { type CsvRow, readingHint, readTable, type Table, type TableRow } from "../../files/mod.ts";
import { attributeName, headerKey, secondsPerUnit } from "./headers.ts";
import { type DatasetFiles, eachOf, lonelySubject } from "./dataset_files.ts";
import { isMissing, sexOf, yearsOf } from "./cells.ts";
import type { AnnotatedEvent, ManifestRow, PassedOver } from "../manifest.ts";
import { type ColumnNames, type ColumnRoles, columnRoles } from "./column_roles.ts";
import { locateRecordings } from "./locate_recordings.ts";

/** A row of a manifest file and the whole line that it came from. */
export type ManifestLine = TableRow & { row: ManifestRow };

/**
 * The rows of a manifest file: `recording` (or `path`), `label`, and where known `subject,visit,start,end,source,part` and
 * attributes. Without a subject each recording is one of its own; without `end` the rest of the recording is meant.
 *
 * @param path Of the manifest, below the dataset's folder; recordings are named relative to it.
 * @throws {DataError} for a missing column, or a table without rows.
 */
export async function readManifestCsv(
  files: DatasetFiles,
  path: string,
): Promise<{ lines: ManifestLine[]; passedOver: PassedOver[]; table: OpenedTable }> {
  const table = files.table ?? await openTable(`${files.folder}/${path}`);
  const { of, name } = table;
  if (table.rows.length === 0) {
    throw new DataError({ expected: "a table with rows", found: "none", where: name, remedy: "name some recordings" });
  }
  const durations = new Map<string, Promise<number>>(), passedOver: PassedOver[] = [];
  const signs = table.rows.some(({ cells }) => cells[of.label!] === "+"); // beside it, "-" is a label
  const lines = await eachOf(table.rows, async ({ cells, line }): Promise<ManifestLine[]> => {
    const cell = (role: keyof typeof of) => of[role] === undefined ? "" : cells[of[role]];
    const recording = table.located.get(cell("recording"));
    const skip = (reason: string): [] => {
      passedOver.push({ path: recording ?? cell("recording"), reason: `${reason} (line ${line} of ${name})` });
      return [];
    };
    if (!recording) {
      return skip(`there is no such recording${readingHint(dirname(resolve(files.folder, cell("recording"))))}`);
    }
    if (isMissing(cell("label")) && !(signs && /^[-–]$/.test(cell("label")))) return skip("has no label");
    if (of.part !== undefined && isMissing(cell("part"))) return skip("is in no part, while others are");
    const start = secondsOf(cell("start"), table, of.start) ?? 0;
    const length = secondsOf(cell("duration"), table, of.duration);
    let end = secondsOf(cell("end"), table, of.end) ?? (length === undefined ? undefined : start + length);
    if (end === undefined) {
      if (!durations.has(recording)) durations.set(recording, files.duration(recording));
      try {
        end = await durations.get(recording)!;
      } catch (error) {
        return skip(`can't be read: ${(error as Error).message}`);
      }
    }
    const given = `"${cell("start")}" to "${cell("end")}"`;
    if (!(start >= 0 && end > start)) return skip(`${given} is no span of time in seconds`);
    const subject = isMissing(cell("subject"), { none: true }) ? lonelySubject(recording) : cell("subject");
    const row: ManifestRow = {
      ...{ recording, start, end, label: cell("label"), subject },
      ...isMissing(cell("visit")) ? {} : { visit: cell("visit") },
      part: cell("part") || "train",
      source: of.source === undefined ? "all" : isMissing(cell("source")) ? "unknown" : cell("source"),
      attributes: attributesOf(cells, table),
    };
    return [{ row, cells, line }];
  });
  return { lines: lines.flat(), passedOver, table };
}

/** The annotated events of a file with the columns `recording,start,end,label`; none where it isn't there. */
export async function readEventsCsv(files: DatasetFiles, path: string): Promise<AnnotatedEvent[]> {
  if (!files.paths.includes(path)) return [];
  const table = await openTable(`${files.folder}/${path}`);
  const { of: { recording, start = "", end = "", label }, located } = table;
  return table.rows.flatMap(({ cells }) => {
    const found = located.get(cells[recording!]);
    const seconds = (column: string) => secondsOf(cells[column] ?? "", table, column) ?? NaN;
    return found ? [{ recording: found, start: seconds(start), end: seconds(end), label: cells[label!] }] : [];
  });
}

type TableFormat = Pick<OpenedTable, "delimiter" | "name">;

const CLOCK = /^(?:(\d+):)?(\d{1,2}):(\d{1,2}(?:[.,]\d+)?)$/; // a time as a player shows it: `1:02.5`, `0:01:02`

/**
 * Seconds in a cell, as a player shows them or in the unit that its header names; none where it is missing, NaN where it is no number.
 *
 * @throws {DataError} for a unit that is no time.
 */
export function secondsOf(cell: string, table: TableFormat, column = ""): number | undefined {
  if (isMissing(cell)) return undefined;
  const [, hours = "0", minutes, seconds] = CLOCK.exec(cell) ?? [];
  if (minutes !== undefined) return 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds.replace(",", "."));
  return (numberOf(cell, table.delimiter) ?? NaN) * secondsPerUnit(column, table.name);
}

/**
 * The number that a cell holds, if it does. A comma is a decimal one, as in German, unless commas divide the fields and three
 * digits follow: `"1,234"` may be a thousand there.
 */
export function numberOf(cell: string, delimiter?: string): number | undefined {
  const decimal = /^[+-]?\d*,\d+$/.test(cell) && !(delimiter === "," && /,\d{3}$/.test(cell));
  const value = Number(decimal ? cell.replace(",", ".") : cell);
  return cell !== "" && Number.isFinite(value) ? value : undefined;
}

/** What the columns without a role say of a row. */
export function attributesOf(cells: CsvRow, options: Pick<OpenedTable, "of" | "delimiter">): ManifestRow["attributes"] {
  const { of, delimiter } = options;
  const roles = new Set(Object.entries(of).flatMap(([role, column]) => role === "source" ? [] : [column]));
  const known = Object.entries(cells).filter(([name, cell]) =>
    !roles.has(name) && headerKey(name) !== "source" && !/^column \d+$/.test(name) && !isMissing(cell, { none: true })
  );
  return Object.fromEntries(known.map(([column, cell]) => {
    const name = attributeName(column);
    const understood = name === "sex" ? sexOf(cell) : name === "age" ? yearsOf(cell) : undefined;
    return [name, understood ?? numberOf(cell, delimiter) ?? cell];
  }));
}

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
  const found: string[] = [], names = Object.values(of);
  const flat = rows.map(({ line, cells }) => {
    const odd = names.filter((column) => /\p{Cc}/u.test(cells[column]));
    found.push(...odd.map((column) => `${JSON.stringify(cells[column])} in line ${line}`));
    const flat = Object.fromEntries(odd.map((name) => [name, cells[name].replaceAll(/[\p{Cc}\s]+/gu, " ")]));
    return { line, cells: { ...cells, ...flat } };
  });
  const note = `line breaks and control characters are read as blanks in ${found.length} cells, such as ${found[0]}`;
  return { rows: flat, notes: found.length === 0 ? [] : [note] };
}
