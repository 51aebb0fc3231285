import { basename } from "node:path";
import { DataError } from "../../errors/mod.ts";
import { type CsvRow, parseCsv } from "../../files/mod.ts";
import type { DatasetFiles } from "./dataset_files.ts";

/**
 * The lines of all tables of a name, wherever they lie, and the table of each: names of columns and cells without blanks
 * around them.
 *
 * @param options `columns`: those that a table can't be read without.
 * @throws {DataError} for a table with lines that lacks one of them.
 */
export async function linesOf(
  files: DatasetFiles,
  name: string | RegExp,
  { delimiter, columns = [] }: { delimiter?: string; columns?: readonly string[] } = {},
): Promise<{ table: string; cells: CsvRow }[]> {
  const tables = files.paths.filter((path) => typeof name === "string" ? basename(path) === name : name.test(path));
  const trimmed = (row: CsvRow) => Object.fromEntries(Object.entries(row).map((both) => both.map((one) => one.trim())));
  const lines = await Promise.all(tables.map(async (table) => {
    const rows = parseCsv(await files.text(table), table, { delimiter });
    return rows.map((cells) => ({ table, cells: trimmed(cells) }));
  }));
  for (const [first] of lines) {
    const lacking = first && columns.find((column) => !(column in first.cells));
    if (!lacking) continue;
    const names = Object.keys(first.cells);
    const found = names.length > 1 ? names.join(", ") : `one column, "${names}": is it divided by another character?`;
    const remedy = "take the table as it was published, or import it as one of your own: deno task import";
    throw new DataError({ expected: `a column "${lacking}"`, found, where: first.table, remedy });
  }
  return lines.flat();
}

/** The cell in the first column whose name fits, empty where none does. */
export function cellOf(cells: CsvRow, column: RegExp): string {
  return cells[Object.keys(cells).find((name) => column.test(name)) ?? ""] ?? "";
}

/** As spreadsheets, databases, pandas, R, SAS and SPSS write that a value isn't known; `#NV` is German for `#N/A`. */
const MISSING =
  /^(|n\/?a|n\.a\.|<na>|nan|nat|null|\\n|#n\/a|#nv|#n\/v|#value!|#wert!|#ref!|#bezug!|#div\/0!|-+|–|—|\.|\?)$/i;

/**
 * Whether a cell says that its value isn't known: empty, `NA`, `N/A`, `NaN`, `#N/A`, `null`, `-` and the like. `none` is a value
 * (a healthy class) unless `none` is set, as for subjects and attributes, where Python's None is meant.
 */
export function isMissing(cell: string | undefined, { none = false }: { none?: boolean } = {}): boolean {
  const text = cell?.trim() ?? "";
  return MISSING.test(text) || none && /^none$/i.test(text);
}

const SEXES: Record<string, string> = { f: "female", w: "female", 1: "female", m: "male", 0: "male" };

/** `"female"` or `"male"` for what tables call them; nothing for numbers, whose meaning differs from table to table. */
export function sexOf(cell: string): string | undefined {
  if (/^(f|fem\w*|w|weibl\w*|frau)$/i.test(cell)) return "female";
  return /^(m|males?|masc\w*|m(ä|ae)nnl\w*|mann|homme)$/i.test(cell) ? "male" : undefined;
}

const AGE =
  /^(\d+(?:[.,]\d+)?)\s*(?:(y|yrs?|years?|j|jahre?)|(m|mo|months?|monate?)|(w|weeks?|wochen?)|(d|days?|tage?))\.?$/i;

/** Years in an age with its unit, as `"45 years"`, `"006M"` (DICOM) and `"3 Wochen"` have it. */
export function yearsOf(cell: string): number | undefined {
  const [, number, years, months, weeks] = AGE.exec(cell) ?? [];
  if (number === undefined) return undefined;
  return Number(number.replace(",", ".")) / (years ? 1 : months ? 12 : weeks ? 365.25 / 7 : 365.25);
}

/** Age (years) and sex (`F`, `female`, 1, …) as tables and file names write them; what says nothing isn't known. */
export function ageAndSex(age: string | undefined, sex: string | undefined): { age?: number; sex?: string } {
  const years = isMissing(age) ? NaN : Number(age);
  return { age: Number.isFinite(years) ? years : undefined, sex: SEXES[sex?.trim().charAt(0).toLowerCase() ?? ""] };
}
