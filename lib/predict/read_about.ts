import { attributesOf, columnNamed, stemOf } from "../datasets/mod.ts";
import { DataError } from "../errors/mod.ts";
import { readTable } from "../files/mod.ts";

/** A table of recordings: a line each, named by its path or bare name. */
interface AboutTable {
  columns: readonly string[];
  /** The column with the names of the recordings. */
  recording: string;
  delimiter?: string;
  /** Cells by the bare name of the recording. */
  lines: ReadonlyMap<string, Record<string, string>>;
}

/** @throws {DataError} where no column names the recordings, or a recording is there twice. */
async function readAbout(path: string): Promise<AboutTable> {
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

/**
 * What a table says of the patients of recordings: a line a recording, named by its path or bare name, and a column an
 * attribute, such as `file,age,sex`.
 *
 * @returns what is known of a file; nothing of one that the table doesn't name.
 * @throws {DataError} where no column names the recordings, or a recording is there twice.
 */
export async function readAttributes(
  path: string,
): Promise<(file: string) => ReturnType<typeof attributesOf> | undefined> {
  const { lines, recording, delimiter } = await readAbout(path);
  return (file) => {
    const cells = lines.get(stemOf(file));
    return cells && attributesOf(cells, { of: { recording }, delimiter });
  };
}

/**
 * Which recordings are of one patient, by a table: a line a recording, and a column `subject` or `patient`.
 *
 * @returns the patient of a file; the file itself where the table doesn't name it.
 * @throws {DataError} where no column names the recordings or the patients, or a recording is there twice.
 */
export async function readSubjects(path: string): Promise<(file: string) => string> {
  const { columns, lines } = await readAbout(path);
  const subject = columnNamed(columns, "subject");
  if (subject === undefined) {
    const remedy = "call the column with the patients subject";
    throw new DataError({ expected: "a column subject", found: columns.join(", "), where: path, remedy });
  }
  return (file) => lines.get(stemOf(file))?.[subject] || file;
}
