import { meanAnswer, topClass } from "../listening_table.ts";
import { stratumOf, stratumWords } from "../strata.ts";
import type { QueueKind, RankedItem } from "./queue_kind.ts";

/** First of each stratum, since the spread within it is not known from one. */
const LEAST = 2;

/**
 * Some of each given class and each answer, drawn at random within them: a sample from which shares of the whole set are
 * estimated without bias. Each takes part by the root of its size (power allocation, Bankier 1988), so that rare answers are
 * heard too. Wherever listening ends, what was heard of a stratum is a random part of it.
 */
export const randomShare: QueueKind = {
  title: "A random share",
  about: "Some of each class and each answer, drawn at random: what the whole set is judged by.",
  needs: [],
  rank({ items, classes }, { order, n }) {
    const strata = [...Map.groupBy(order, (index) => stratumOf(items[index], classes))]
      .map(([name, members]) => ({ name, members, taken: 0 }));
    const ranked: RankedItem[] = [];
    while (ranked.length < n) {
      const open = strata.filter(({ members, taken }) => taken < members.length);
      if (open.length === 0) break;
      const due = ({ members, taken }: (typeof open)[number]) =>
        taken < LEAST ? taken - LEAST : (taken + 1) / Math.sqrt(members.length);
      const next = open.reduce((best, one) => due(one) < due(best) ? one : best);
      const index = next.members[next.taken++];
      const probabilities = meanAnswer(items[index]);
      const answer = probabilities && classes[topClass(probabilities)];
      ranked.push({
        index,
        score: -ranked.length,
        reason: `Drawn at random from ${next.members.length} sounds that are ${
          stratumWords(items[index].label, answer)
        }.`,
      });
    }
    return ranked;
  },
};
