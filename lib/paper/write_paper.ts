import { join } from "node:path";
import { writeAtomic } from "../files/mod.ts";
import type { Run } from "../runs/mod.ts";
import { paperTables } from "./contents/paper_tables.ts";
import { readPaperRuns } from "./paper_run.ts";
import { tableFormats } from "./tables/table_formats.ts";

/** What {@linkcode writePaper} wrote. */
export interface WrittenPaper {
  /** Names below the folder. */
  files: string[];
  /** Sentences on what is missing, or can't be compared. */
  notes: string[];
}

/** Options of {@linkcode writePaper}. */
export interface PaperOptions {
  /** Told after each run that was read. */
  step?: (done: number) => void;
}

/**
 * Writes what a paper is made of into a folder, from the files of runs alone: tables.
 *
 * @throws {DataError} where the folder can't be written.
 */
export async function writePaper(
  runs: readonly Run[],
  folder: string,
  { step }: PaperOptions = {},
): Promise<WrittenPaper> {
  const read = await readPaperRuns(runs, { read: step });
  const { tables, apart } = paperTables(read);
  const files: string[] = [];
  for (const table of tables) {
    for (const [ending, format] of Object.entries(tableFormats)) {
      const name = `tables/${table.name}.${ending}`;
      await writeAtomic(join(folder, name), format(table));
      files.push(name);
    }
  }
  const missing = read.flatMap(({ label, run }) =>
    run.problems.map(({ file, problem }) => `${label}: ${file}: ${problem}`)
  );
  return { files, notes: [...apart, ...missing] };
}
