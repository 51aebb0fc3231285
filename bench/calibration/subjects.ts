import { randomStream } from "../../lib/random/mod.ts";

/** The fold of each item, 0 to `folds - 1`: the items of a subject lie in one fold. */
export function subjectFolds(subjects: readonly string[], { folds, seed }: { folds: number; seed: number }): number[] {
  const order = randomStream(seed, "folds").shuffle(new Set(subjects));
  const foldOf = new Map(order.map((subject, i) => [subject, i % folds]));
  return subjects.map((subject) => foldOf.get(subject)!);
}

/** A figure with its 95 % interval. */
export interface Interval {
  value: number;
  low: number;
  high: number;
}

/**
 * The percentile interval of a statistic when whole subjects are drawn again (Field and Welsh 2007): the items of a
 * subject are no independent witnesses.
 *
 * @param statistic Of the items with these indices; NaN where it isn't defined, which is then left out.
 */
export function subjectBootstrap(
  subjects: readonly string[],
  { statistic, replicates = 1000, seed }: {
    statistic: (items: number[]) => number;
    replicates?: number;
    seed: number;
  },
): Interval {
  const items = Map.groupBy(subjects.keys(), (i) => subjects[i]);
  const groups = [...items.values()];
  const stream = randomStream(seed, "bootstrap");
  const values: number[] = [];
  for (let replicate = 0; replicate < replicates; replicate++) {
    const value = statistic(groups.flatMap(() => stream.choice(groups)));
    if (!Number.isNaN(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const at = (share: number) => values[Math.round(share * (values.length - 1))];
  return { value: statistic([...subjects.keys()]), low: at(0.025), high: at(0.975) };
}
