import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { DataError } from "../errors/mod.ts";

/** A row of a CSV file by the names of its columns. */
export type CsvRow = Record<string, string>;

/**
 * The rows of CSV text (RFC 4180) whose first line names the columns.
 *
 * @param where Name of the file, for the message.
 * @throws {DataError} naming the line that has too many or too few fields.
 */
export function parseCsv(text: string, where: string, options: { delimiter?: string } = {}): CsvRow[] {
  try {
    return parse<CsvRow>(text, { columns: true, bom: true, skip_empty_lines: true, ...options });
  } catch (cause) {
    throw new DataError({
      expected: "CSV text with one header line",
      found: (cause as Error).message.replace(/\.$/, ""),
      where,
      remedy: "check the named line",
      cause,
    });
  }
}

/** CSV text (RFC 4180, `\n`) with a header line; the columns are the keys of the first row unless given. */
export function formatCsv(rows: readonly Record<string, unknown>[], columns?: string[]): string {
  return stringify(rows as Record<string, unknown>[], {
    header: true,
    columns: columns ?? Object.keys(rows[0] ?? {}),
    cast: { number: (value) => String(value), boolean: (value) => String(value) },
  });
}
