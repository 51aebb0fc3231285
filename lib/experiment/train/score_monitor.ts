import { UsageError } from "../../errors/mod.ts";
import { aggregateWindows, applyDecision, decisionRule } from "../../decision/mod.ts";
import { type AskedScore, lowerIsBetter, scoreKey, scoreStatistic } from "../../scores/mod.ts";
import type { Monitor } from "../../training/mod.ts";

/** The class of the largest probability. */
export const likeliest = decisionRule.parse({});

/**
 * The monitor that picks the best epoch by a score of the items: their windows' probabilities are averaged, the
 * likeliest class is the answer. Scores of which less is better count negative.
 *
 * @param options `asked`: scores beside the general ones that it may be one of; `items`: item of each validation window.
 * @throws {UsageError} for a score that doesn't exist for these classes.
 */
export function scoreMonitor(
  monitor: AskedScore,
  { classes, asked, items }: { classes: readonly string[]; asked: readonly AskedScore[]; items: Int32Array },
): Monitor {
  const name = scoreKey(monitor), size = classes.length;
  const order = [...new Set(items)];
  const place = new Map(order.map((item, i) => [item, i]));
  const windowToItem = items.map((item) => place.get(item)!);
  const sign = lowerIsBetter(monitor) ? -1 : 1;
  const score = (probabilities: Float64Array, labels: Int32Array) => {
    const { predicted } = applyDecision(likeliest, probabilities, { size });
    const clusters = Int32Array.from(labels.keys());
    const judged = { labels, predicted, probabilities, clusters };
    const { names, statistic } = scoreStatistic(judged, { classes, asked: [...asked, monitor] });
    const at = names.indexOf(name);
    if (at < 0) {
      const expected = `one of the scores ${names.filter((other) => !other.includes("/")).join(", ")}`;
      throw new UsageError({ expected, found: `"${name}"`, where: "evaluation.monitor" });
    }
    return sign * statistic(new Float64Array(labels.length).fill(1))[at];
  };
  // Known to be wrong before the first epoch rather than after it.
  score(Float64Array.from({ length: 2 * size }, () => 1 / size), Int32Array.of(0, 1));
  return (probabilities, labels) => {
    const joined = aggregateWindows(Float64Array.from(probabilities), windowToItem, { size, rule: "mean" });
    const itemLabels = new Int32Array(order.length);
    windowToItem.forEach((item, window) => itemLabels[item] = labels[window]);
    return score(joined, itemLabels);
  };
}
