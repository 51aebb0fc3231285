import { columnNamed, stemOf } from "../datasets/mod.ts";
import { DataError } from "../errors/mod.ts";
import { readAbout } from "./read_about.ts";

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
