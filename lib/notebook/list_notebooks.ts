import { join } from "node:path";
import { DataError } from "../errors/mod.ts";

/** The notebooks in a folder, by name. @throws {DataError} if there are none. */
export async function listNotebooks(folder: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of Deno.readDir(folder)) if (name.endsWith(".ipynb")) names.push(name);
  } catch (cause) {
    throw new DataError({ expected: "a folder of notebooks", found: "none", where: folder, cause });
  }
  if (names.length === 0) throw new DataError({ expected: "notebooks (.ipynb)", found: "none", where: folder });
  return names.toSorted().map((name) => join(folder, name));
}
