import { type ListeningItem, meanAnswer, topClass } from "../listening_table.ts";
import type { QueueKind, RankedItem } from "./queue_kind.ts";

/** First of each stratum, since the spread within it is not known from one. */
const LEAST = 2;

/**
 * Some of each given class and each answer, drawn at random within them: a sample from which shares of the whole set are
 * estimated without bias. Each takes part by the root of its size (power allocation, Bankier 1988), so that rare answers are
 * heard too. Wherever listening ends, what was heard of a stratum is a random part of it.
 */
export const randomShare: QueueKind = {
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
      const kind = stratumWords(items[index].label, answer);
      const reason = `Drawn at random from ${next.members.length} sounds that are ${kind}.`;
      ranked.push({ index, score: -ranked.length, reason });
    }
    return ranked;
  },
};

/** What items of a random share are drawn by: the given class and the answer of the networks. */
export function stratumOf(item: ListeningItem, classes: readonly string[]): string {
  const probabilities = meanAnswer(item);
  return JSON.stringify([item.label, probabilities ? classes[topClass(probabilities)] : null]);
}

/** A stratum in a sentence: `"called Normal and taken for Murmur"`. */
function stratumWords(label: string | null, answer: string | undefined): string {
  const given = label === null ? "without a label" : `called ${label}`;
  return answer === undefined ? given : `${given} and taken for ${answer} by the networks`;
}
