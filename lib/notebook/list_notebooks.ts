import { join, resolve, sep } from "node:path";
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

/**
 * Where the result of each notebook goes, below the folder of results: under its own name, and where two have the same
 * one, in as many of their folders as tell them apart.
 */
export function resultNames(paths: string[]): string[] {
  const parts = paths.map((path) => resolve(path).split(sep).filter((part) => part !== ""));
  return parts.map((mine) => {
    const others = parts.filter((other) => other.join(sep) !== mine.join(sep));
    const same = (count: number) =>
      others.some((other) => other.slice(-count).join(sep) === mine.slice(-count).join(sep));
    let count = 1;
    while (count < mine.length && same(count)) count++;
    return mine.slice(-count).join("/");
  });
}
