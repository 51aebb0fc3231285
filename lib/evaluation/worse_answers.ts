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

/**
 * The probabilities of a model whose ROC AUC, of each class against the others, is lower by `difference` on average. In the share
 * `difference / (auc - 1/2)` of the items they are those of any item, which costs that share of the way to 1/2; in `discordance`
 * of the others they are those of another item of the same class: errors of its own, at no cost.
 *
 * @param auc Of the first model.
 */
export function worseProbabilities(
  { labels, probabilities, ...items }: JudgedItems,
  { auc, difference, discordance, stream }: {
    auc: number;
    difference: number;
    discordance: number;
    stream: RandomStream;
  },
): JudgedItems {
  const size = probabilities.length / labels.length;
  const all = [...labels.keys()], alike = Map.groupBy(all, (i) => labels[i]);
  const worse = Float64Array.from(probabilities);
  for (const i of all) {
    const from = stream.uniform() < difference / (auc - 0.5)
      ? all
      : stream.uniform() < discordance
      ? alike.get(labels[i])!
      : [i];
    const other = from[stream.integer(from.length)];
    worse.set(probabilities.subarray(other * size, (other + 1) * size), i * size);
  }
  return { ...items, labels, probabilities: worse };
}
