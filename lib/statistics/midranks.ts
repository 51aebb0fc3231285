/** Ranks from 1 on, smallest first; values no further apart than `tolerance` share the mean of their ranks. All NaN with a NaN. */
export function midranks(values: readonly number[], tolerance = 0): number[] {
  if (values.some(Number.isNaN)) return values.map(() => NaN);
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const ranks = new Array<number>(values.length);
  for (let first = 0; first < order.length;) {
    let last = first;
    while (last + 1 < order.length && values[order[last + 1]] - values[order[first]] <= tolerance) last++;
    for (let i = first; i <= last; i++) ranks[order[i]] = (first + last) / 2 + 1;
    first = last + 1;
  }
  return ranks;
}
