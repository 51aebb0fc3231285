/** A rising step-free map from a score to a probability: linear between knots, constant beyond them. */
export interface Isotonic {
  /** Rising. */
  x: number[];
  /** Never falling. */
  y: number[];
}

/**
 * The never falling map that is closest to the outcomes in the least-squares sense (pool adjacent violators, Ayer et al. 1955;
 * as calibration: Zadrozny & Elkan 2002).
 *
 * @param score One an example.
 * @param outcome 0 or 1, one an example.
 */
export function fitIsotonic(score: ArrayLike<number>, outcome: ArrayLike<number>): Isotonic {
  const order = Array.from({ length: score.length }, (_, i) => i).sort((a, b) => score[a] - score[b]);
  const blocks: { low: number; high: number; sum: number; count: number }[] = [];
  for (const i of order) {
    const last = blocks.at(-1);
    if (last && last.low === last.high && last.high === score[i]) { // equal scores share one value
      last.sum += outcome[i];
      last.count++;
    } else {
      blocks.push({ low: score[i], high: score[i], sum: outcome[i], count: 1 });
    }
  }
  const pooled: typeof blocks = [];
  for (const block of blocks) {
    pooled.push({ ...block });
    while (pooled.length > 1) {
      const [before, last] = pooled.slice(-2);
      if (before.sum * last.count < last.sum * before.count) break;
      const sum = before.sum + last.sum, count = before.count + last.count;
      pooled.splice(-2, 2, { low: before.low, high: last.high, sum, count });
    }
  }
  const knots = pooled.flatMap(({ low, high, sum, count }) =>
    low === high ? [[low, sum / count]] : [[low, sum / count], [high, sum / count]]
  );
  return { x: knots.map(([x]) => x), y: knots.map(([, y]) => y) };
}

/** The probability of a score. */
export function applyIsotonic({ x, y }: Isotonic, score: number): number {
  if (score <= x[0]) return y[0];
  const above = x.findIndex((knot) => knot >= score);
  if (above === -1) return y[y.length - 1];
  const share = (score - x[above - 1]) / (x[above] - x[above - 1]);
  return y[above - 1] + share * (y[above] - y[above - 1]);
}
