import { basename } from "node:path";
import { DataError } from "../errors/mod.ts";
import { readVerdicts, type Verdict } from "./verdicts.ts";

/** What verdicts of one name in two files are: a mistake, of two people, or of one. */
export type SameName = "refuse" | "apart" | "same";

/**
 * The verdicts of several files, such as one a listener. A file that another holds whole is a copy of it.
 *
 * @param options `sameName`: of a name in two files that both say something of their own. @default {"refuse"}
 * @throws {DataError} for a file that can't be read, and for such a name.
 */
export async function mergeVerdicts(
  paths: readonly string[],
  { sameName = "refuse" }: { sameName?: SameName } = {},
): Promise<Verdict[]> {
  const files = await Promise.all(paths.map(async (path) => ({ path, verdicts: await readVerdicts(path) })));
  const merged: Verdict[] = [];
  const named = Map.groupBy(
    files.flatMap(({ path, verdicts }) =>
      [...Map.groupBy(verdicts, raterKey)].map(([rater, of]) => ({ rater, path, of }))
    ),
    ({ rater }) => rater,
  );
  for (const all of named.values()) {
    const own = all.filter((one, i) =>
      !all.some((other, k) => k !== i && holds(other.of, one.of) && (!holds(one.of, other.of) || k < i))
    );
    if (own.length > 1 && sameName === "refuse") {
      throw new DataError({
        expected: "each listener's verdicts in one file",
        found: `different ones by "${own[0].of[0].rater}" in ${own.map(({ path }) => path).join(" and ")}`,
        where: "the verdicts",
        remedy: "give one of the listeners another name in the column rater, or say whether they are one: " +
          'sameName "same" or "apart"',
      });
    }
    const apart = own.length > 1 && sameName === "apart";
    merged.push(
      ...own.flatMap(({ of, path }) =>
        of.map((one) => ({ ...one, rater: apart ? `${one.rater} (${basename(path)})` : own[0].of[0].rater }))
      ),
    );
  }
  return merged.sort((a, b) => a.time < b.time ? -1 : Number(a.time > b.time));
}

/** The last verdict of each listener on each item; what was said before stays in the file. */
export function currentVerdicts(verdicts: readonly Verdict[]): Verdict[] {
  const last = new Map<string, Verdict>();
  for (const one of verdicts) {
    const key = JSON.stringify([raterKey(one), one.item]), before = last.get(key);
    if (before === undefined || one.time >= before.time) last.set(key, one);
  }
  return [...last.values()];
}

/** One name, however it is spelled. */
function raterKey({ rater }: Verdict): string {
  return rater.trim().normalize("NFC").toLowerCase();
}

function holds(all: readonly Verdict[], some: readonly Verdict[]): boolean {
  const there = new Set(all.map((one) => JSON.stringify(one)));
  return some.every((one) => there.has(JSON.stringify(one)));
}
