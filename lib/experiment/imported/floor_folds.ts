import type { ManifestRow } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { type Fold, planFolds } from "../../splits/mod.ts";

/** How the floors are trained: on the table's training rows, else by folds of the judged subjects. */
export function floorFolds(rows: readonly ManifestRow[]): { folds: Fold[]; warnings: string[] } {
  const trained = rows.some((row) => row.part === "train");
  try {
    const folds = planFolds(
      rows,
      trained ? { kind: "official", sharedSubjects: "drop" } : { kind: "grouped-folds" },
      { seed: 0 },
    );
    const how = "Floors were trained by five folds of the judged subjects, since the table lists no training rows.";
    return { folds, warnings: trained ? [] : [how] };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { folds: [], warnings: [`There are no trained floors: ${error.message}`] };
  }
}
