import { LeakError } from "../errors/mod.ts";
import type { ManifestRow } from "../datasets/manifest.ts";
import { type Fold, type Side, subjectKey } from "./fold.ts";
import type { LinkedRecordings } from "./row_groups.ts";

export interface LeakOptions {
  /** Lists of recordings that are exact or near duplicates of each other. */
  duplicates?: LinkedRecordings;
}

/** The parts of a fold that are compared. */
type FoldSides = Pick<Fold, "fold" | "train" | "validation" | "test"> & Partial<Pick<Fold, "name" | "shared">>;

/**
 * Runs before every training: no subject, no recording and no group of duplicates may stand on two sides of the fold.
 * What `fold.shared` names (an official split that divides subjects) may be in test and elsewhere.
 *
 * @throws {LeakError} naming the first subject found on two sides, and the recordings.
 */
export function assertNoLeak(rows: readonly ManifestRow[], fold: FoldSides, options: LeakOptions = {}): void {
  const [leak] = findLeaks(rows, fold, options);
  if (leak === undefined) return;
  throw new LeakError({
    expected: `every ${leak.what} on one side of the split`,
    found: `${leak.key} in ${leak.sides.join(" and in ")}`,
    where: `fold ${fold.name ?? fold.fold} (${leak.recordings.join(" and ")})`,
    remedy: "group these recordings under one subject, or list them as duplicates",
  });
}

/** Something that stands on two sides. */
export interface Leak {
  what: "subject" | "recording" | "group of duplicates";
  key: string;
  sides: [Side, Side];
  /** One recording on either side. */
  recordings: [string, string];
}

/** All that stands on two sides of a fold, in the order of the rows: what an override of the guard has to show. */
export function findLeaks(rows: readonly ManifestRow[], fold: FoldSides, options: LeakOptions = {}): Leak[] {
  const { duplicates = [] } = options, shared = new Set(fold.shared ?? []);
  const groupOf = new Map<string, string>();
  duplicates.forEach((group) => group.forEach((recording) => groupOf.set(recording, [...group].sort()[0])));
  const first = new Map<string, { side: Side; recording: string }>(), leaks = new Map<string, Leak>();
  for (const side of ["train", "validation", "test"] as const) {
    for (const row of fold[side]) {
      const { recording } = rows[row], subject = subjectKey(rows[row]);
      const keys: [Leak["what"], string | undefined][] = [
        ["subject", subject],
        ["recording", recording],
        ["group of duplicates", groupOf.get(recording)],
      ];
      for (const [what, key] of keys) {
        if (key === undefined) continue;
        const name = `${what}\n${key}`, seen = first.get(name);
        if (seen === undefined) first.set(name, { side, recording });
        else if (seen.side !== side && !leaks.has(name) && !(side === "test" && shared.has(subject))) {
          leaks.set(name, { what, key, sides: [seen.side, side], recordings: [seen.recording, recording] });
        }
      }
    }
  }
  return [...leaks.values()];
}

const named = 5; // names that a sentence lists

/**
 * A sentence for each kind of leak that folds are trained and judged with all the same, because an override says so or an
 * official split has it: for the report, in red.
 */
export function keptLeaks(rows: readonly ManifestRow[], folds: readonly Fold[], options: LeakOptions = {}): string[] {
  const found = folds.filter(({ seed }) => seed === folds[0].seed).flatMap((fold) =>
    findLeaks(rows, { ...fold, shared: [] }, options).map((leak) => ({ ...leak, fold: fold.name ?? String(fold.fold) }))
  );
  return [...Map.groupBy(found, ({ what }) => what)].map(([what, leaks]) => {
    const keys = [...new Set(leaks.map(({ key }) => key))].sort();
    const [{ sides, recordings, fold }] = leaks;
    const list = keys.slice(0, named).join(", ") + (keys.length > named ? ", …" : "");
    const stand = keys.length === 1 ? `${what} stands` : `${what.replace(/^\w+/, "$&s")} stand`;
    const [one, other] = recordings, are = one === other ? `${one} is` : `${one} and ${other} are`;
    const where = `in ${sides.join(" and in ")} of fold ${fold}. The scores tell nothing of new subjects.`;
    return `LEAK: ${keys.length} ${stand} on two sides of a split (${list}): ${are} ${where}`;
  });
}
