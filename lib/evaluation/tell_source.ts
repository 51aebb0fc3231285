import type { ManifestRow } from "../datasets/manifest.ts";
import { DataError } from "../errors/mod.ts";
import { planFolds } from "../splits/mod.ts";
import { balancedAccuracy } from "./accuracy.ts";
import { confusionMatrix } from "./confusion_matrix.ts";
import type { RowFeatures } from "./floor_model.ts";
import { linearFloor } from "./linear_floor.ts";

/** How well the source of a row can be told. */
export interface SourceTold {
  /** Mean recall of the sources, on subjects that were not trained on. */
  balancedAccuracy: number;
  /** 1 / number of sources. */
  chance: number;
  sources: string[];
}

/**
 * How well the source (database, device, site) can be told from features that should not give it away, e.g. of silence and
 * level alone: logistic regression in three folds by subject.
 *
 * @returns `undefined` where there is one source only, or too few subjects of them.
 */
export function tellSource(
  features: RowFeatures,
  { rows, seed }: { rows: readonly ManifestRow[]; seed: number },
): SourceTold | undefined {
  const sources = [...new Set(rows.map(({ source }) => source))].sort();
  if (sources.length < 2) return undefined;
  const asked = rows.map((row) => ({ ...row, label: row.source }));
  try {
    const folds = planFolds(asked, { kind: "grouped-folds", folds: 3 }, { seed });
    const answers = folds.flatMap((fold) => linearFloor(features, { rows: asked, fold, classes: sources }));
    const confusion = confusionMatrix(
      answers.map(({ label }) => sources.indexOf(label)),
      answers.map(({ predicted }) => sources.indexOf(predicted)),
      { size: sources.length },
    );
    return { balancedAccuracy: balancedAccuracy(confusion), chance: 1 / sources.length, sources };
  } catch (error) {
    if (error instanceof DataError) return undefined; // fewer subjects than folds
    throw error;
  }
}
