import { parse } from "csv-parse/sync";
import { DataError } from "../errors/mod.ts";
import type { CsvRow } from "./csv.ts";
import { type DecodedText, decodeText } from "./decode_text.ts";

/** A table as a person or another program wrote it. */
export interface Table {
  /** The named columns, trimmed, each name once. */
  columns: string[];
  rows: TableRow[];
  /** `","`; none where the file is a sheet. */
  delimiter?: string;
  /** How a text file was read. */
  encoding?: DecodedText["encoding"];
  /** What was done to read it, in sentences. */
  notes: string[];
}

/** A row, its cells trimmed, by the names of the columns. */
export interface TableRow {
  /** Where it begins in the file, from 1. */
  line: number;
  cells: CsvRow;
}

/** A line of a table before its header is known. */
export interface TableLine {
  line: number;
  cells: string[];
}

const DELIMITERS = [",", ";", "\t", "|"];

/** Blanks of all kinds, those without width, and marks of the byte order at either end. */
const EDGES = /^[\s\u200b-\u200d\u2060\ufeff]+|[\s\u200b-\u200d\u2060\ufeff]+$/g;

/**
 * The table in text as spreadsheets, statistics programs and databases write it: fields divided by commas, semicolons, tabs,
 * bars or blanks, whichever the header has most of; `sep=;` lines, titles above the header, empty lines and columns, and the
 * row names of R are taken for what they are.
 *
 * @param text With `\n`.
 * @param where Name of the file, for messages.
 * @throws {DataError} naming the line that has too many or too few fields, or a quote that doesn't end.
 */
export function parseTable(text: string, where: string): Table {
  const said = /^\ufeff?sep=(.)\n/i.exec(text);
  const body = said ? text.slice(said[0].length - 1) : text; // its line break stays, so that lines are counted right
  const delimiter = said?.[1] ?? delimiterOf(body);
  try {
    const records = parse(body, {
      ...{ delimiter, record_delimiter: "\n", bom: true, info: true, skip_empty_lines: true },
      ...{ relax_column_count: true, relax_quotes: true },
    }) as unknown as { record: string[]; info: { lines: number } }[];
    const whole = records.length > 1 && records.every(({ record }) => record.length === 1);
    if (whole && DELIMITERS.some((delimiter) => records[0].record[0].includes(delimiter))) {
      const table = parseTable(records.map(({ record }) => record[0]).join("\n"), where);
      return { ...table, notes: ["each line stands in quotes as a whole, which are taken off", ...table.notes] };
    }
    const lines = records.map(({ record, info }): TableLine => ({
      line: info.lines - record.join("").split("\n").length + 1,
      cells: record,
    }));
    return { ...tableOf(lines, where), delimiter };
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const { code, message } = cause as Error & { code?: string };
    const found = code === "CSV_QUOTE_NOT_CLOSED"
      ? `a quote that doesn't end, from line ${openQuote(text)} on`
      : message.replace(/\.$/, "");
    throw new DataError({ expected: "a table with one header line", found, where, remedy: "correct that line", cause });
  }
}

/** The table whose first line with two cells or more names the columns. */
export function tableOf(all: readonly TableLine[], where: string): Table {
  const lines = all.map(({ line, cells }) => ({ line, cells: cells.map(trimmed) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
  const filled = ({ cells }: TableLine) => cells.filter((cell) => cell !== "").length;
  const head = Math.max(0, lines.findIndex((line, i) => filled(line) > 1 && !isComment(lines, i)));
  if (lines.length === 0) {
    throw new DataError({ expected: "a table with a header line", found: "an empty file", where });
  }
  const notes = lines.slice(0, head).map(({ line, cells }) =>
    `line ${line} ("${cells.find((cell) => cell !== "")}") is taken for a title`
  );
  const rows = lines.slice(head + 1), names = headerOf(lines[head].cells, rows);
  for (const { line, cells } of rows) {
    if (cells.length >= names.length && cells.slice(names.length).every((cell) => cell === "")) continue;
    throw new DataError({
      expected: `${names.length} fields in each line, as many as the header names`,
      found: `${cells.length} in line ${line} (${cells.slice(0, 4).join(" | ")})`,
      where,
      remedy: "correct that line: a field that holds the delimiter needs quotes",
    });
  }
  const isFilled = (i: number) => rows.some(({ cells }) => cells[i] !== "");
  const columns = names.map((name, i) => name === "" && isFilled(i) ? `column ${i + 1}` : name);
  const again = (name: string, i: number) => name !== "" && columns.indexOf(name) < i;
  const distinct = columns.map((name, i) => again(name, i) ? `${name} (column ${i + 1})` : name);
  const named = (cells: string[]) => distinct.flatMap((name, i) => name === "" ? [] : [[name, cells[i]]]);
  return {
    columns: distinct.filter((name) => name !== ""),
    rows: rows.map(({ line, cells }) => ({ line, cells: Object.fromEntries(named(cells)) })),
    notes,
  };
}

/** Whether a line is a comment (`# made by us, 2024`) and no header (`#path,label`), which has the fields of the lines below. */
function isComment(lines: readonly TableLine[], at: number): boolean {
  const marked = ({ cells }: TableLine) => cells[0].startsWith("#");
  const below = lines.slice(at).find((line) => !marked(line));
  return marked(lines[at]) && below !== undefined && below.cells.length !== lines[at].cells.length;
}

/** The header's cells; the row names that R writes have none. */
function headerOf(header: string[], rows: readonly TableLine[]): string[] {
  const rowNames = rows.length > 0 && rows.every(({ cells }) => cells.length === header.length + 1) &&
    rows.every(({ cells }) => /^\d+$/.test(cells[0]));
  return rowNames ? ["", ...header] : header;
}

/** Text without blanks at its ends, composed (NFC): `"é"` is one character. */
export function trimmed(text: string): string {
  return text.replaceAll(EDGES, "").normalize("NFC");
}

/**
 * What the first line has most of that the next has as often, outside quotes: titles may hold commas. Else what the first line
 * with a delimiter has most of; blanks where it has none of the usual ones.
 */
function delimiterOf(text: string): string {
  const countsIn = (text: string) =>
    text.split("\n").filter((line) => line.trim() !== "").slice(0, 20)
      .map((line) => DELIMITERS.map((delimiter) => line.split(delimiter).length - 1));
  const records = countsIn(text.replaceAll(/"[^"]*"/g, "x")); // quoted fields may span lines
  const shared = records.slice(0, -1).map((own, i) => own.map((count, of) => count === records[i + 1][of] ? count : 0));
  const lines = countsIn(text.replaceAll(/"[^"\n]*"/g, ""));
  for (const own of [...shared, ...lines]) {
    const most = Math.max(...own);
    if (most > 0) return DELIMITERS[own.indexOf(most)];
  }
  return /^"[^"\n]*"( "[^"\n]*")+\n|^\w+( \w+)+\n/.test(text) ? " " : ",";
}

/** The line of the last quote that opens a field. */
function openQuote(text: string): number {
  const parts = text.split('"'); // every second one is inside
  return parts.slice(0, parts.length % 2 === 0 ? -1 : undefined).join('"').split("\n").length;
}

/** Ends of the names of files that hold a table. */
export const TABLE = /\.(csv|tsv|tab|txt|xlsx)$/i;

/**
 * Reads a table: text as {@linkcode parseTable} takes it, or the first sheet of an `.xlsx` file.
 *
 * @throws {DataError} for a file that isn't there, holds no table, or a line that doesn't fit the header.
 */
export async function readTable(path: string): Promise<Table> {
  const bytes = await readBytes(path);
  // An .xlsx file is a ZIP archive, whatever its name; one of Excel 97 begins as an OLE file does.
  if (["504b0304", "d0cf11e0"].includes(bytes.subarray(0, 4).toHex())) {
    const { sheetLines } = await import("./sheet_lines.ts"); // the library is large
    const { lines, notes } = sheetLines(bytes, path);
    const table = tableOf(lines, path);
    return { ...table, notes: [...notes, ...table.notes] };
  }
  const { text, encoding } = decodeText(bytes, path);
  return { ...parseTable(text, path), encoding };
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    const missing = cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory;
    const found = missing ? "no such file or folder" : (cause as Error).message;
    const expected = "a table (CSV or .xlsx) or a folder with one";
    throw new DataError({ expected, found, where: path, remedy: "check the path", cause });
  }
}
