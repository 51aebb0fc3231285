/** Counts of (true, predicted) pairs; fractional where examples have weights. */
export interface Confusion {
  /** Number of classes. */
  size: number;
  /** `[size, size]`, row-major: `counts[truth * size + predicted]`. */
  counts: Float64Array;
}

/** How often each class was taken for each other one. */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: { size: number; weights?: ArrayLike<number> },
): Confusion {
  const { size, weights } = options;
  const counts = new Float64Array(size * size);
  for (let i = 0; i < labels.length; i++) counts[labels[i] * size + predicted[i]] += weights?.[i] ?? 1;
  return { size, counts };
}

/** The confusion of coarser classes: class `c` belongs to `groups[c]`; a pair with a group of -1 is left out. */
export function collapseConfusion({ size, counts }: Confusion, groups: ArrayLike<number>): Confusion {
  let coarse = 0;
  for (let c = 0; c < size; c++) coarse = Math.max(coarse, groups[c] + 1);
  const collapsed = new Float64Array(coarse * coarse);
  for (let t = 0; t < size; t++) {
    for (let p = 0; p < size; p++) {
      if (groups[t] >= 0 && groups[p] >= 0) collapsed[groups[t] * coarse + groups[p]] += counts[t * size + p];
    }
  }
  return { size: coarse, counts: collapsed };
}

/** Number of examples of a true class. */
export function truthCount({ size, counts }: Confusion, truth: number): number {
  let sum = 0;
  for (let p = 0; p < size; p++) sum += counts[truth * size + p];
  return sum;
}

/** Number of examples that were taken for a class. */
export function predictedCount({ size, counts }: Confusion, predicted: number): number {
  let sum = 0;
  for (let t = 0; t < size; t++) sum += counts[t * size + predicted];
  return sum;
}

export function totalCount({ counts }: Confusion): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}
