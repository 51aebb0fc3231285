import { attributesOf, stemOf } from "../datasets/mod.ts";
import { readAbout } from "./read_about.ts";

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
