/** How many of each kind have a score of at least `threshold`. */
export interface RankedCounts {
  threshold: number;
  truePositives: number;
  falsePositives: number;
}

/**
 * Counts at every distinct score, from the highest threshold down; ties stand together, so that no curve depends on the
 * order of the rows (Fawcett 2006, algorithm 1).
 */
export function rankedCounts(scores: readonly number[], positive: readonly boolean[]): RankedCounts[] {
  const order = scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a]);
  const counts: RankedCounts[] = [];
  let truePositives = 0, falsePositives = 0;
  order.forEach((item, rank) => {
    if (positive[item]) truePositives++;
    else falsePositives++;
    const next = order[rank + 1];
    if (next === undefined || scores[next] !== scores[item]) {
      counts.push({ threshold: scores[item], truePositives, falsePositives });
    }
  });
  return counts;
}
