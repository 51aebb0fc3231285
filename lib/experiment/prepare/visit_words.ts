import type { ManifestRow } from "../../datasets/mod.ts";
import { subjectKey, unitKey } from "../../splits/mod.ts";

/** A sentence on subjects with several visits, none where nobody has. */
export function visitWords(rows: readonly ManifestRow[]): string[] {
  const visits = Map.groupBy(new Map(rows.map((row) => [unitKey(row, "subject"), row])).values(), subjectKey);
  const several = [...visits.values()].filter(({ length }) => length > 1);
  if (several.length === 0) return [];
  const units = [...visits.values()].flat().length;
  return [
    `${several.length} of ${visits.size} subjects ${
      several.length === 1 ? "has" : "have"
    } several visits: these stay on ` +
    `one side, and scores by subject judge each visit by itself (${units} in all).`,
  ];
}
