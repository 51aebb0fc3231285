import type { RandomStream } from "../random/mod.ts";
import type { JudgedItems } from "../scores/mod.ts";

/**
 * The answers of a model that is right less often by `difference` in every class, and disagrees on `discordance` of its items
 * (McNemar's two kinds of disagreement together). Which items these are is drawn, each by itself.
 *
 * @param right Share of each class that the first model has right.
 */
export function worseAnswers(
  items: JudgedItems,
  { right, difference, discordance, stream }: {
    right: readonly number[];
    difference: number;
    /** @default {the first model's errors: both share half of theirs} */
    discordance?: number;
    stream: RandomStream;
  },
): JudgedItems {
  const chances = right.map((share) => {
    const apart = Math.max(difference, discordance ?? 1 - share);
    return { breaks: (apart + difference) / 2 / share, mends: (apart - difference) / 2 / (1 - share) };
  });
  const predicted = items.predicted.map((said, i) => {
    const label = items.labels[i], { breaks, mends } = chances[label];
    if (said !== label) return stream.uniform() < mends ? label : said;
    return stream.uniform() < breaks ? (label + 1) % right.length : said;
  });
  return { ...items, predicted };
}
