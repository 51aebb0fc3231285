import { join } from "node:path";
import { DataError } from "../../errors/mod.ts";
import { markdownTable, writeAtomic } from "../../files/mod.ts";
import { ablationColumns, ablationRows } from "./ablation_rows.ts";
import { runColumns, runRows } from "./run_rows.ts";

const README = join("experiments", "README.md");

/**
 * Sets the tables of `experiments/README.md` from run folders and ablations. A row that isn't among them stays as it is: runs take
 * hours, and nobody has all of them in one folder.
 *
 * @returns the number of rows that these runs gave.
 */
export async function writeResultsTable(results: string, readme = README): Promise<number> {
  const names = [...await experimentNames("heart"), ...await experimentNames("lung")];
  const ablated = await ablationRows(join(results, "ablations"));
  let text = await Deno.readTextFile(readme), given = 0;
  const set = async (mark: string, columns: string[], rowsOf: (name: string) => string[][] | Promise<string[][]>) => {
    const [from, to] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
    const start = text.indexOf(from) + from.length, end = text.indexOf(to, start);
    if (!text.includes(from) || end < 0) throw without(`${from} and, behind it, ${to}`, readme);
    const earlier = rowsIn(text.slice(start, end)), rows: string[][] = [];
    for (const name of names) {
      const own = await rowsOf(name);
      const told = new Set(rowsIn(markdownTable(columns, own)).map(figureOf)); // names as they were read back
      rows.push(...own, ...earlier.filter((row) => row[0].startsWith(`${name}: `) && !told.has(figureOf(row))));
      given += own.length;
    }
    text = `${text.slice(0, start)}\n\n${markdownTable(columns, rows)}\n\n${text.slice(end)}`;
  };
  await set("results", runColumns, (name) => runRows(results, name));
  await set("ablations", ablationColumns, (name) => ablated.filter(([first]) => first.startsWith(`${name}: `)));
  await writeAtomic(readme, text);
  return given;
}

function without(marks: string, where: string): DataError {
  return new DataError({
    expected: `the marks ${marks}`,
    found: "no such",
    where,
    remedy: "write them where the table is to stand",
  });
}

/** What a row is a figure of: its first three cells. */
function figureOf(row: readonly string[]): string {
  return JSON.stringify(row.slice(0, 3));
}

/** The cells of a table's rows, without its head. */
function rowsIn(table: string): string[][] {
  return table.split("\n").filter((line) => line.startsWith("|")).slice(2)
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim().replaceAll("\\|", "|")));
}

async function experimentNames(kind: string): Promise<string[]> {
  const files = await Array.fromAsync(Deno.readDir(join("experiments", kind)));
  return files.map(({ name }) => `${kind}/${name.replace(/\.ts$/, "")}`).toSorted()
    .flatMap((name) => [name, `${name}_joined`]); // as `deno task join` calls what it makes
}
