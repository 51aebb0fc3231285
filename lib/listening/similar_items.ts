import { standardiseRows } from "../floors/mod.ts";
import type { ListeningTable } from "./listening_table.ts";
import { subjectKey } from "../splits/mod.ts";

/** Most that are named of a sound, and of one label. */
const MOST = { all: 6, label: 2 };

/**
 * The items that sound most like each of some, of other subjects and of several labels.
 *
 * @returns `itemKey`s, the most alike first; none where the table doesn't say how items sound.
 */
export function similarItems(table: ListeningTable, indices: readonly number[]): string[][] {
  const { items } = table, { values, width, known } = standardFeatures(table);
  return indices.map((index) => {
    if (!known[index]) return [];
    const subject = subjectKey(items[index]);
    const distances = items.flatMap((other, k) => {
      if (!known[k] || k === index || subjectKey(other) === subject) return [];
      let square = 0;
      for (let f = 0; f < width; f++) square += (values[index * width + f] - values[k * width + f]) ** 2;
      return [{ k, square }];
    }).sort((a, b) => a.square - b.square);
    const named: string[] = [], ofLabel = new Map<string | null, number>();
    for (const { k } of distances) {
      const { item, label } = items[k], count = ofLabel.get(label) ?? 0;
      if (count >= MOST.label) continue;
      ofLabel.set(label, count + 1);
      named.push(item);
      if (named.length === MOST.all) break;
    }
    return named;
  });
}

/** How items sound, each number with mean 0 and standard deviation 1 over the items. */
interface StandardFeatures {
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
