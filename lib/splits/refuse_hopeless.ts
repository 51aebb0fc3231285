import type { ManifestRow } from "../datasets/manifest.ts";
import { DataError } from "../errors/mod.ts";
import { type Fold, subjectKey } from "./fold.ts";

/**
 * Refuses a fold that can't be trained or judged.
 *
 * @throws {DataError} where a side is empty, or one class alone is left to learn.
 */
export function refuseHopeless(
  rows: readonly ManifestRow[],
  fold: Pick<Fold, "fold" | "name" | "train" | "validation" | "test">,
): void {
  for (const side of ["train", "validation", "test"] as const) {
    if (fold[side].length > 0) continue;
    throw new DataError({
      expected: `rows in the ${side} part`,
      found: "none",
      where: `fold ${fold.name ?? fold.fold}`,
      remedy: "check the parts that the protocol names",
    });
  }
  const learned = new Set(Array.from(fold.train, (row) => rows[row].label));
  const missing = [...new Set(rows.map((row) => row.label))].filter((label) => !learned.has(label));
  if (learned.size < 2 && missing.length > 0) {
    const held = missing.map((label) => {
      const subjects = [...new Set(rows.filter((row) => row.label === label).map(subjectKey))];
      return `${label} is of ${subjects.length === 1 ? `one subject, ${subjects[0]}` : `${subjects.length} subjects`}`;
    });
    throw new DataError({
      expected: "at least two classes to learn from",
      found: `only ${[...learned][0]} (${held.join("; ")})`,
      where: `the training part of fold ${fold.name ?? fold.fold}`,
      remedy: "add recordings of other subjects of the class that misses, or use another protocol",
    });
  }
}
