import { columnNamed, stemOf } from "../datasets/mod.ts";
import { DataError } from "../errors/mod.ts";
import { readTable } from "../files/mod.ts";

/** A table of recordings: a line each, named by its path or bare name. */
export interface AboutTable {
  columns: readonly string[];
  /** The column with the names of the recordings. */
  recording: string;
  delimiter?: string;
  /** Cells by the bare name of the recording. */
  lines: ReadonlyMap<string, Record<string, string>>;
}

/** @throws {DataError} where no column names the recordings, or a recording is there twice. */
export async function readAbout(path: string): Promise<AboutTable> {
  const { columns, rows, delimiter } = await readTable(path);
  const recording = columnNamed(columns, "recording");
  if (recording === undefined) {
    const remedy = "call the column with the names of the recordings file";
    throw new DataError({ expected: "a column file", found: columns.join(", "), where: path, remedy });
  }
  const lines = new Map<string, Record<string, string>>();
  for (const { cells, line } of rows) {
    const name = stemOf(cells[recording]);
    if (lines.has(name)) {
      throw new DataError({ expected: "a line a recording", found: `${name} again`, where: `line ${line} of ${path}` });
    }
    lines.set(name, cells);
  }
  return { columns, recording, delimiter, lines };
}
