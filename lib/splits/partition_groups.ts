import type { RandomStream } from "../random/mod.ts";
import type { ManifestRow } from "../datasets/manifest.ts";
import { DataError } from "../errors/mod.ts";
import { subjectKey } from "./fold.ts";
import type { RowGroups } from "./row_groups.ts";

/** What {@linkcode partitionGroups} divides, and how. */
export interface PartitionOptions {
  labels: ArrayLike<number>; // class of each row, `0 … K - 1`
  groups: ArrayLike<number>; // group of each row, `0 … G - 1`, named in an order that does not depend on the rows'
  shares: readonly number[]; // share of the rows that each part should get; they sum to 1
  stream: RandomStream;
}

/**
 * The part of each row, so that no group is divided and each class is spread over the parts in proportion to their
 * shares as well as whole groups allow. No part is empty as long as there are as many groups as parts.
 *
 * Greedy as scikit-learn's StratifiedGroupKFold: the groups with the most uneven class counts first, each into the part
 * that leaves the classes' filling levels closest. That order leaves chance to groups of equal unevenness alone, so the
 * partition is then drawn anew in orders that are blurred by a factor of up to 2, and the first is taken that is at least
 * as even: another stream gives another partition, and none is less even for it.
 */
export function partitionGroups({ labels, groups, shares, stream }: PartitionOptions): Int32Array {
  const counts = countClasses(labels, groups);
  const totals = counts[0].map((_, c) => counts.reduce((sum, group) => sum + group[c], 0));
  const draw = (blur: number) => {
    const keys = counts.map((group) => variance(group) * 4 ** (blur * stream.uniform()));
    return deal(stream.shuffle(counts.keys()).sort((a, b) => keys[b] - keys[a]), { counts, totals, shares });
  };
  const rowsOf = (partOf: Int32Array) => Int32Array.from(groups, (group) => partOf[group]);
  const sorted = draw(0);
  for (let attempt = 0; attempt < attempts; attempt++) {
    const drawn = draw(1);
    if (drawn.uneven.every((value, i) => value <= sorted.uneven[i] + 1e-12)) return rowsOf(drawn.partOf);
  }
  return rowsOf(sorted.partOf);
}

const attempts = 20; // blurred orders that are tried

/** Puts the groups, in this order, into the parts. */
function deal(
  order: readonly number[],
  { counts, totals, shares }: { counts: number[][]; totals: number[]; shares: readonly number[] },
): { partOf: Int32Array; uneven: [classes: number, sizes: number] } {
  const filled = shares.map(() => new Array<number>(totals.length).fill(0));
  const sizes = shares.map(() => 0), members = shares.map(() => 0);
  const partOf = new Int32Array(counts.length);
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
  return { partOf, uneven: unevenness(filled, totals, shares) };
}

function countClasses(labels: ArrayLike<number>, groups: ArrayLike<number>): number[][] {
  const countOf = (names: ArrayLike<number>) => Array.from(names).reduce((top, name) => Math.max(top, name + 1), 0);
  const classes = countOf(labels);
  const counts = Array.from({ length: countOf(groups) }, () => new Array<number>(classes).fill(0));
  for (let i = 0; i < labels.length; i++) counts[groups[i]][labels[i]]++;
  return counts;
}

function add(sum: number[], counts: number[], sign: number): void {
  counts.forEach((count, c) => sum[c] += sign * count);
}

/** Variance of a group's class counts times the square of their number, in whole numbers; of one class, its size. */
function variance(counts: number[]): number {
  const sum = counts.reduce((a, b) => a + b, 0);
  return counts.length > 1 ? counts.length * counts.reduce((total, n) => total + n * n, 0) - sum * sum : sum * sum;
}

/** The largest distance of a class's share of a part from its share of all, and of a part's size from its due. */
function unevenness(filled: number[][], totals: number[], shares: readonly number[]): [number, number] {
  const all = totals.reduce((a, b) => a + b, 0);
  const sizes = filled.map((part) => part.reduce((a, b) => a + b, 0));
  return [
    Math.max(...filled.flatMap((part, p) => part.map((count, c) => Math.abs(count / sizes[p] - totals[c] / all)))),
    Math.max(...sizes.map((size, p) => Math.abs(size / all - shares[p]))),
  ];
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

/** What rows are divided by, whatever the protocol. */
export interface Plan {
  rows: readonly ManifestRow[];
  labels: Int32Array;
  groups: RowGroups;
  stream: RandomStream;
}

/** How rows are divided, and what is said where they can't be. */
interface DrawOptions {
  shares: number[];
  what: string;
  beside?: string; // what was taken from the rows before
}

/**
 * Divides some of the rows by whole groups.
 *
 * @throws {DataError} for fewer groups than parts.
 */
export function drawGroups(
  { rows: all, labels, groups, stream }: Plan,
  rows: Int32Array,
  { shares, what, beside }: DrawOptions,
): Int32Array[] {
  const present = [...new Set(Array.from(rows, (row) => groups.of[row]))].sort((a, b) => a - b);
  if (present.length < shares.length) {
    const subjects = new Set(Array.from(rows, (row) => subjectKey(all[row]))).size;
    const expected = `at least ${shares.length} subjects for ${what}`, remedy = "add recordings of other subjects";
    const why = `, since ${subjects} subjects share recordings or hold (nearly) the same sounds`;
    const found = `${present.length}${subjects === present.length ? "" : why}`;
    const where = beside === undefined ? "the manifest" : `the manifest beside ${beside}`;
    throw new DataError({ expected, found, where, remedy });
  }
  const dense = new Map(present.map((group, i) => [group, i]));
  const seen = [...new Set(Array.from(rows, (row) => labels[row]))].sort((a, b) => a - b);
  const ofRows = rows.map((row) => seen.indexOf(labels[row])), groupsOf = rows.map((row) => dense.get(groups.of[row])!);
  const part = partitionGroups({ labels: ofRows, groups: groupsOf, shares, stream });
  return shares.map((_, p) => rows.filter((_, i) => part[i] === p));
}
