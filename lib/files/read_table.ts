import { DataError } from "../errors/mod.ts";
import { decodeText } from "./decode_text.ts";
import { parseTable, type Table, tableOf } from "./table.ts";

/** Ends of the names of files that hold a table. */
export const TABLE = /\.(csv|tsv|tab|txt|xlsx)$/i;

/**
 * Reads a table: text as {@linkcode parseTable} takes it, or the first sheet of an `.xlsx` file.
 *
 * @throws {DataError} for a file that isn't there, holds no table, or a line that doesn't fit the header.
 */
export async function readTable(path: string): Promise<Table> {
  const bytes = await readBytes(path);
  if (isWorkbook(bytes)) {
    const { sheetLines } = await import("./sheet_lines.ts"); // the library is large
    const { lines, notes } = sheetLines(bytes, path);
    const table = tableOf(lines, path);
    return { ...table, notes: [...notes, ...table.notes] };
  }
  const { text, encoding } = decodeText(bytes, path);
  return { ...parseTable(text, path), encoding };
}

/** An .xlsx file is a ZIP archive, whatever its name; one of Excel 97 begins as an OLE file does. */
function isWorkbook(bytes: Uint8Array): boolean {
  return ["504b0304", "d0cf11e0"].includes(bytes.subarray(0, 4).toHex());
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await Deno.readFile(path);
  } catch (cause) {
    const missing = cause instanceof Deno.errors.NotFound || cause instanceof Deno.errors.NotADirectory;
    throw new DataError({
      expected: "a table (CSV or .xlsx) or a folder with one",
      found: missing ? "no such file or folder" : (cause as Error).message,
      where: path,
      remedy: "check the path",
      cause,
    });
  }
}
