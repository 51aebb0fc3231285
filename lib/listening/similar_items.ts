import { subjectKey } from "../splits/mod.ts";
import type { ListeningTable } from "./listening_table.ts";
import { standardFeatures } from "./standard_features.ts";

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
