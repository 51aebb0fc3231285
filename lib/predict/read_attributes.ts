import { attributesOf, columnNamed, stemOf } from "../datasets/mod.ts";
import { DataError } from "../errors/mod.ts";
import { readTable } from "../files/mod.ts";

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
  const { columns, rows, delimiter } = await readTable(path);
  const recording = columnNamed(columns, "recording");
  if (recording === undefined) {
    const remedy = "call the column with the names of the recordings file";
    throw new DataError({ expected: "a column file", found: columns.join(", "), where: path, remedy });
  }
  const known = new Map<string, ReturnType<typeof attributesOf>>();
  for (const { cells, line } of rows) {
    const name = stemOf(cells[recording]);
    if (known.has(name)) {
      throw new DataError({ expected: "a line a recording", found: `${name} again`, where: `line ${line} of ${path}` });
    }
    known.set(name, attributesOf(cells, { of: { recording }, delimiter }));
  }
  return (file) => known.get(stemOf(file));
}
