import type { RandomStream } from "../random/mod.ts";

/** What {@linkcode partitionGroups} divides, and how. */
export interface PartitionOptions {
  /** Class of each row, `0 … K - 1`. */
  labels: ArrayLike<number>;
  /** Group of each row, `0 … G - 1`, named in an order that does not depend on the rows'. */
  groups: ArrayLike<number>;
  /** Share of the rows that each part should get; they sum to 1. */
  shares: readonly number[];
  stream: RandomStream;
}

/**
 * The part of each row, so that no group is divided and each class is spread over the parts in proportion to their
 * shares as well as whole groups allow. No part is empty as long as there are as many groups as parts.
 *
 * Greedy as scikit-learn's StratifiedGroupKFold: the groups with the most uneven class counts first, each into the part
 * that leaves the classes' filling levels closest. Groups of like unevenness (within a factor of 2) come in random order,
 * so that another stream gives another partition.
 */
export function partitionGroups({ labels, groups, shares, stream }: PartitionOptions): Int32Array {
  const counts = countClasses(labels, groups);
  const totals = counts[0].map((_, c) => counts.reduce((sum, group) => sum + group[c], 0));
  const filled = shares.map(() => new Array<number>(totals.length).fill(0));
  const sizes = shares.map(() => 0);
  const members = shares.map(() => 0);
  const partOf = new Int32Array(counts.length);

  const order = stream.shuffle(counts.keys()).sort((a, b) => unevenness(counts[b]) - unevenness(counts[a]));
  order.forEach((group, done) => {
    const empty = members.filter((count) => count === 0).length;
    const mustFill = order.length - done <= empty;
    let best = -1, bestSpread = Infinity;
    shares.forEach((share, part) => {
      if (mustFill && members[part] > 0) return;
      add(filled[part], counts[group], 1);
      const spread = spreadOfLevels(filled, totals, shares);
      add(filled[part], counts[group], -1);
      const tie = Math.abs(spread - bestSpread) < 1e-12;
      if (tie ? sizes[part] / share < sizes[best] / shares[best] : spread < bestSpread) {
        best = part;
        bestSpread = spread;
      }
    });
    add(filled[best], counts[group], 1);
    sizes[best] += counts[group].reduce((a, b) => a + b, 0);
    members[best]++;
    partOf[group] = best;
  });
  return Int32Array.from(groups, (group) => partOf[group]);
}

function countClasses(labels: ArrayLike<number>, groups: ArrayLike<number>): number[][] {
  let classes = 0, total = 0;
  for (let i = 0; i < labels.length; i++) {
    classes = Math.max(classes, labels[i] + 1);
    total = Math.max(total, groups[i] + 1);
  }
  const counts = Array.from({ length: total }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) counts[groups[i]][labels[i]]++;
  return counts;
}

function add(sum: number[], counts: number[], sign: number): void {
  counts.forEach((count, c) => sum[c] += sign * count);
}

/** Standard deviation of a group's class counts, in steps of a factor of 2. */
function unevenness(counts: number[]): number {
  const mean = counts.reduce((a, b) => a + b, 0) / counts.length;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / counts.length;
  return Math.round(Math.log2(1 + (counts.length > 1 ? Math.sqrt(variance) : mean)));
}

/** Mean over the classes of the standard deviation, over the parts, of how full each part is with the class. */
function spreadOfLevels(filled: number[][], totals: number[], shares: readonly number[]): number {
  let sum = 0;
  totals.forEach((total, c) => {
    let mean = 0, square = 0;
    filled.forEach((part, p) => {
      const level = part[c] / (shares[p] * total);
      mean += shares[p] * level;
      square += shares[p] * level * level;
    });
    sum += Math.sqrt(Math.max(0, square - mean * mean));
  });
  return sum / totals.length;
}
