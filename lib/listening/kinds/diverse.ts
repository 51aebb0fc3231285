import { standardFeatures } from "../similar_items.ts";
import type { QueueKind, RankedItem } from "./queue_kind.ts";

/**
 * The sound that is furthest from all that were heard, again and again: k-center greedy, the core-set of Sener & Savarese
 * (2018). Where nothing was heard, the ones with a label count as heard if there are sounds without; else the first is drawn.
 */
export const diverse: QueueKind = {
  needs: ["features"],
  rank(table, { order, heard, n }) {
    const { items } = table, { values, width, known } = standardFeatures(table);
    const unlabelled = items.some(({ label }) => label === null);
    const open = new Set(order.filter((index) => known[index] && !(unlabelled && items[index].label !== null)));
    const nearest = new Map([...open].map((index) => [index, Infinity]));
    const add = (centre: number) => {
      for (const [index, before] of nearest) {
        let square = 0;
        for (let f = 0; f < width && square < before; f++) {
          square += (values[index * width + f] - values[centre * width + f]) ** 2;
        }
        if (square < before) nearest.set(index, square);
      }
    };
    items.forEach(({ item, label }, index) => {
      if (known[index] && (heard.has(item) || unlabelled && label !== null)) add(index);
    });
    const ranked: RankedItem[] = [];
    while (ranked.length < n && nearest.size > 0) {
      const [index, square] = [...nearest].reduce((best, one) => one[1] > best[1] ? one : best);
      nearest.delete(index);
      add(index);
      const score = Math.sqrt(square / width);
      const reason = score === Infinity
        ? "The first of a queue in which each sound is unlike all before."
        : `Unlike all that was heard: ${score.toFixed(1)} standard deviations from the nearest.`;
      ranked.push({ index, score, reason });
    }
    return ranked;
  },
};
