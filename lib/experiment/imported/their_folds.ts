import type { ManifestRow } from "../../datasets/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import type { Fold } from "../../splits/mod.ts";

/** What makes an item of a table the same as another. */
export function itemOf({ recording, start, part }: Pick<ManifestRow, "recording" | "start" | "part">): string {
  return `${part}\n${recording}\n${start}`;
}

/** Who their network was trained on and judged by: the table's parts, or its folds, each trained on all others. */
export function theirFolds(rows: readonly ManifestRow[], predictions: readonly Prediction[], folds: boolean): Fold[] {
  const of = (keep: (row: ManifestRow) => boolean) => Int32Array.from(rows.keys()).filter((row) => keep(rows[row]));
  const part = (name: string) => of((row) => row.part === name);
  const fixed = { seed: 0, shared: [] };
  if (rows.some((row) => row.part === "train")) {
    return [{ ...fixed, fold: 0, train: part("train"), validation: part("validation"), test: part("test") }];
  }
  if (!folds) return [];
  const tested = Map.groupBy(predictions.filter((one) => one.part === "test"), ({ fold }) => fold);
  return [...tested].toSorted(([a], [b]) => a - b).map(([fold, own]) => {
    const items = new Set(own.map(itemOf));
    const test = (row: ManifestRow) => row.part === "test" && items.has(itemOf(row));
    return {
      ...fixed,
      ...{ fold, test: of(test), validation: new Int32Array(), train: of((row) => row.part === "test" && !test(row)) },
    };
  });
}
