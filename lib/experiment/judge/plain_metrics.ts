import type { Metrics, PartMetrics, Scores } from "../../scores/mod.ts";
import { passedOver } from "../prepare/describe_data.ts";
import type { PreparedData } from "../prepare/prepare_data.ts";

/** Resamples of the subjects of a single fold, whose interval nobody reads. */
export const FEW = 100;

/** `metrics.json` of what has no class an item: the scores of the test part and of each fold, and a sentence on what they count. */
export function plainMetrics(
  { pooled, each, confusion, note }: {
    pooled: Scores;
    each: readonly Scores[];
    confusion: PartMetrics["confusion"];
    note: string;
  },
  { manifest, folds, leaks }: Pick<PreparedData, "manifest" | "folds" | "leaks">,
): Metrics {
  const byFold = folds.map(({ fold, seed }, i) => ({ fold, seed, scores: each[i] }));
  return {
    ...{ version: 1, classes: confusion.classes },
    parts: { test: { pooled: { item: pooled }, folds: byFold, sources: [], sourceMean: {}, confusion } },
    ...leaks.length > 0 ? { leaks } : {},
    warnings: [note, ...manifest.warnings ?? [], ...passedOver(manifest)],
  };
}
