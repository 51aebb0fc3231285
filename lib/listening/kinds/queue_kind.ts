import { type ListeningTable, meanAnswer } from "../listening_table.ts";

/** What a queue can't be made without. */
export type Need = "labels" | "answers" | "several-answers" | "features";

/** An item in its place. */
export interface RankedItem {
  /** Of the table's items. */
  index: number;
  /** Not rising along the queue. */
  score: number;
  reason: string;
  /** Items that the reason speaks of. */
  similar?: string[];
}

/** What a queue is told beside the table. */
interface RankOptions {
  /** Items that may be queued, in random order: the first of those of one score goes first. */
  order: readonly number[];
  /** Items that were heard. */
  heard: ReadonlySet<string>;
  n: number;
}

/** A way to choose what to listen to. */
export interface QueueKind {
  needs: readonly Need[];
  rank(table: ListeningTable, options: RankOptions): RankedItem[];
}

/**
 * The items that networks were asked of, by what is made of the mean of their probabilities, in falling order of the score;
 * those without one go. Sorting is stable, so that ties stay in the seeded order.
 */
export function byAnswers(
  { items }: ListeningTable,
  order: readonly number[],
  judge: (probabilities: number[], index: number) => Omit<RankedItem, "index"> | undefined,
): RankedItem[] {
  return order.flatMap((index) => {
    const probabilities = meanAnswer(items[index]), judged = probabilities && judge(probabilities, index);
    return judged && !Number.isNaN(judged.score) ? [{ index, ...judged }] : [];
  }).sort((a, b) => b.score - a.score);
}

/** A probability in a sentence: `"93 %"`, and never a rounded 0 or 100. */
export function percent(share: number): string {
  const rounded = Math.round(100 * share);
  if (rounded === 0 && share > 0) return "less than 1 %";
  return rounded === 100 && share < 1 ? "more than 99 %" : `${rounded} %`;
}
