import { standardiseRows } from "../floors/mod.ts";
import type { ListeningTable } from "./listening_table.ts";

/** How items sound, each number with mean 0 and standard deviation 1 over the items. */
export interface StandardFeatures {
  /** `[items, width]`, row-major. */
  values: Float64Array;
  width: number;
  /** Whether it is known of an item. */
  known: boolean[];
}

const kept = new WeakMap<ListeningTable, StandardFeatures>();

/** The table's features on one scale; none are known where it has none. */
export function standardFeatures(table: ListeningTable): StandardFeatures {
  const before = kept.get(table);
  if (before) return before;
  const { items, features } = table, width = features?.width ?? 0;
  const known = items.map((_, index) =>
    features !== undefined && Array.from({ length: width }, (_, f) => features.values[index * width + f])
      .every(Number.isFinite)
  );
  const over = Int32Array.from(known.flatMap((is, index) => is ? [index] : []));
  const standard = { values: features ? standardiseRows(features, over) : new Float64Array(), width, known };
  kept.set(table, standard);
  return standard;
}
