import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { DataError } from "../errors/mod.ts";
import { marked, unmarked } from "./formula_mark.ts";

/** A row of a CSV file by the names of its columns. */
export type CsvRow = Record<string, string>;

export interface ParseCsvOptions {
  /** @default {","} */
  delimiter?: string;
  /** Whether {@linkcode formatCsv} wrote it, whose marks before formulas are taken off again. @default {false} */
  marked?: boolean;
  /** Columns that must be there. */
  columns?: readonly string[];
  /** Columns, there too, whose values must be finite numbers. */
  numbers?: readonly string[];
}

/**
 * The rows of CSV text (RFC 4180) whose first line names the columns.
 *
 * @param where Name of the file, for the message.
 * @throws {DataError} naming the line that has too many or too few fields or no number, or the column that is missing.
 */
export function parseCsv(text: string, where: string, options: ParseCsvOptions = {}): CsvRow[] {
  const { marked, columns = [], numbers = [], delimiter = "," } = options;
  let header: string[] = [], rows: CsvRow[];
  try {
    rows = parse<CsvRow>(text, {
      ...{ delimiter, bom: true, skip_empty_lines: true },
      columns: (names: string[]) => header = marked ? names.map(unmarked) : names,
      ...marked ? { cast: unmarked } : {},
    });
  } catch (cause) {
    const found = (cause as Error).message.replace(/\.$/, "");
    const expected = "CSV text with one header line";
    throw new DataError({ expected, found, where, remedy: "check the named line", cause });
  }
  const missing = [...columns, ...numbers].filter((name) => !header.includes(name));
  if (missing.length > 0) {
    const found = `none called ${missing.join(", ")}${header.length > 0 ? `, but ${header.join(", ")}` : ""}`;
    throw new DataError({ expected: `the columns ${[...columns, ...numbers].join(", ")}`, found, where });
  }
  for (const name of numbers) {
    const at = rows.findIndex((row) => row[name] === "" || !Number.isFinite(Number(row[name])));
    if (at < 0) continue;
    const found = JSON.stringify(rows[at][name]);
    throw new DataError({ expected: `a number as ${name}`, found, where: `row ${at + 1} of ${where}` });
  }
  return rows;
}

/**
 * CSV text (RFC 4180, `\n`) with a header line; the columns are the keys of the first row unless given. A text that a
 * spreadsheet would run as a formula (OWASP, CSV injection) is marked by an apostrophe before it.
 */
export function formatCsv(rows: readonly object[], columns?: string[]): string {
  return stringify([...rows], {
    header: true,
    columns: columns ?? Object.keys(rows[0] ?? {}),
    cast: { number: (value) => String(value), boolean: (value) => String(value), string: marked },
  });
}
