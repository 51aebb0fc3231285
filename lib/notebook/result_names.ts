import { resolve, sep } from "node:path";

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
