import type { ManifestRow } from "../datasets/manifest.ts";
import { hashBytes } from "../files/mod.ts";
import { subjectKey } from "./fold.ts";

/**
 * The rows of a share of their subjects, of each class alike (a subject counts as of its first row's class), at least one:
 * those whose names have the smallest hashes, so that a larger share holds the smaller ones and nothing has to be drawn.
 */
export function shareOfSubjects(rows: readonly ManifestRow[], side: Int32Array, share = 1): Int32Array {
  if (share === 1) return side;
  const classOf = new Map(Array.from(side.toReversed(), (row) => [subjectKey(rows[row]), rows[row].label]));
  const kept = [...Map.groupBy(classOf.keys(), (key) => classOf.get(key)!).values()].flatMap((subjects) => {
    const ranked = subjects.map((key) => ({ key, hash: hashBytes(key) })).sort((a, b) => a.hash < b.hash ? -1 : 1);
    return ranked.slice(0, Math.max(1, Math.round(share * ranked.length))).map(({ key }) => key);
  });
  const wanted = new Set(kept);
  return side.filter((row) => wanted.has(subjectKey(rows[row])));
}
