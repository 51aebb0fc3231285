import { type CellObject, read, utils, type WorkBook, type WorkSheet } from "@e965/xlsx";
import { DataError } from "../errors/mod.ts";
import type { TableLine } from "./table.ts";

/**
 * The lines of the first sheet of an `.xlsx` file. Numbers are written as they are, dates as `2024-05-01`, formulas as their
 * last values; a cell that spans several rows stands in each of them.
 *
 * @param where Name of the file, for messages.
 * @throws {DataError} for bytes that are no such file, or a workbook without cells.
 */
export function sheetLines(bytes: Uint8Array, where: string): { lines: TableLine[]; notes: string[] } {
  let book: WorkBook;
  try {
    book = read(bytes, { type: "array", dense: true, cellDates: true, UTC: true, cellNF: true, sheetStubs: true });
  } catch (cause) {
    const found = (cause as Error).message;
    throw new DataError({ expected: "an .xlsx file", found, where, remedy: "save the sheet as CSV", cause });
  }
  const [first, ...others] = book.SheetNames;
  const sheet = book.Sheets[first];
  if (sheet?.["!ref"] === undefined) {
    const remedy = others.length > 0 ? "put the sheet with the table first" : undefined;
    throw new DataError({ expected: "cells in the first sheet", found: `none in "${first}"`, where, remedy });
  }
  refuseUncomputed(sheet, where);
  const note = `the first sheet, "${first}", is read; not read: ${others.map((name) => `"${name}"`).join(", ")}`;
  return { lines: linesOf(sheet), notes: others.length > 0 ? [note] : [] };
}

/** A formula that no spreadsheet program has computed has no value: the cell would count as empty. */
function refuseUncomputed(sheet: WorkSheet, where: string): void {
  for (const [r, cells] of (sheet["!data"] ?? []).entries()) {
    const c = cells?.findIndex((cell) => cell?.t === "z" && cell.f !== undefined) ?? -1;
    if (c < 0) continue;
    const found = `none for =${cells[c].f} in ${utils.encode_cell({ r, c })}`;
    const remedy = "open the file in a spreadsheet program and save it";
    throw new DataError({ expected: "the value of each formula", found, where, remedy });
  }
}

function linesOf(sheet: WorkSheet): TableLine[] {
  const { s: from, e: to } = utils.decode_range(sheet["!ref"]!);
  const data = sheet["!data"] ?? [];
  const lines = Array.from({ length: Math.min(to.r + 1, data.length) - from.r }, (_, i): TableLine => ({
    line: from.r + i + 1,
    cells: Array.from({ length: to.c - from.c + 1 }, (_, c) => cellText(data[from.r + i]?.[from.c + c])),
  }));
  for (const { s, e } of sheet["!merges"] ?? []) {
    const text = lines[s.r - from.r]?.cells[s.c - from.c];
    for (let r = s.r + 1; r <= e.r && text !== undefined; r++) {
      if (lines[r - from.r]) lines[r - from.r].cells[s.c - from.c] = text;
    }
  }
  return lines;
}

/** A sheet's time without a date stands at the day before its first, in milliseconds. */
const FIRST_DAY = Date.UTC(1899, 11, 31), DAY = 86_400_000;

/** `0:01:02.5` */
function timeText(seconds: number): string {
  const [whole, part] = String(Number((seconds % 60).toFixed(3))).split(".");
  const minutes = Math.floor(seconds / 60), two = (n: number) => String(n).padStart(2, "0");
  const clock = [Math.floor(minutes / 60), two(minutes % 60), two(Number(whole))].join(":");
  return part === undefined ? clock : `${clock}.${part}`;
}

/** Leading zeros that the format adds belong to a number that is a name: `007`. */
function cellText(cell?: CellObject): string {
  if (cell === undefined || cell.t === "z" || cell.v === undefined) return "";
  if (cell.v instanceof Date) {
    const since = cell.v.valueOf() - FIRST_DAY;
    return since < DAY ? timeText(since / 1000) : cell.v.toISOString().replace(/T00:00:00\.000Z$/, "");
  }
  if (cell.t === "n" && /^0+$/.test(String(cell.z ?? ""))) return cell.w ?? String(cell.v);
  return cell.t === "e" ? cell.w ?? "" : String(cell.v);
}
