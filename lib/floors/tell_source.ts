import type { ManifestRow } from "../datasets/manifest.ts";
import { DataError } from "../errors/mod.ts";
import { planFolds } from "../splits/mod.ts";
import { balancedAccuracy, confusionMatrix } from "../scores/mod.ts";
import { type RowFeatures, takeRows } from "./floor_model.ts";
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
 * @param features Of each row; a row whose first value is NaN is left out.
 * @returns `undefined` where there is one source only, or too few subjects of them.
 */
export function tellSource(
  features: RowFeatures,
  { rows, seed }: { rows: readonly ManifestRow[]; seed: number },
): SourceTold | undefined {
  const { width } = features;
  const known = Int32Array.from(rows.keys()).filter((row) => !Number.isNaN(features.values[row * width]));
  const asked = Array.from(known, (row) => ({ ...rows[row], label: rows[row].source }));
  const told = { width, values: takeRows(Float64Array.from(features.values), known, width) };
  const sources = [...new Set(asked.map(({ source }) => source))].sort();
  if (sources.length < 2) return undefined;
  try {
    const folds = planFolds(asked, { kind: "grouped-folds", folds: 3 }, { seed });
    const answers = folds.flatMap((fold) => linearFloor(told, { rows: asked, fold, classes: sources }).test);
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
