import type { ManifestRow } from "../../datasets/mod.ts";
import type { Prediction, Unit } from "../../scores/mod.ts";
import { unitKey } from "../../splits/mod.ts";
import { itemOf } from "./their_folds.ts";
import type { ImportedItem } from "./read_predictions.ts";

/** What was said of each row. */
export function predictionsOf(rows: readonly ManifestRow[], items: readonly ImportedItem[]): Prediction[] {
  const known = new Map(rows.map((row) => [itemOf(row), row]));
  return items.flatMap(({ row, said }): Prediction[] => {
    const of = known.get(itemOf(row));
    if (said === undefined || of === undefined) return [];
    const { attributes: _attributes, ...item } = of;
    return [{ ...item, ...said }];
  });
}

/** A sentence where the wished unit can't be judged, since some of them carry several labels. */
export function mixedWords(predictions: readonly Prediction[], unit: Unit): string[] {
  if (unit === "item") return [];
  const units = Map.groupBy(predictions, (one) => unitKey(one, unit));
  const mixed = [...units].map(([name, own]) => [name, [...new Set(own.map(({ label }) => label))]] as const)
    .filter(([, labels]) => labels.length > 1);
  if (mixed.length === 0) return [];
  const [[first, labels]] = mixed;
  return [
    `Nothing is scored by ${unit}: ${mixed.length} of ${units.size} carry several labels, such as ${first} ` +
    `(${labels.join(", ")}). Examinations of a subject are told apart by a column visit.`,
  ];
}
