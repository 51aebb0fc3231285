/** How much more an example of a small class counts. */
export type ClassWeighting = "none" | "inverse" | "sqrt-inverse";

/**
 * The weight of each class in the loss: the inverse of its share of the examples, or the square root of that, scaled so
 * that the mean weight of the examples is 1. A class without examples gets 0.
 *
 * @param labels Classes of the training examples.
 */
export function classWeights(labels: Int32Array, options: { classes: number; kind: ClassWeighting }): Float32Array {
  const { classes, kind } = options;
  const counts = new Float64Array(classes);
  for (const label of labels) counts[label]++;
  const power = { none: 0, inverse: 1, "sqrt-inverse": 0.5 }[kind];
  const raw = counts.map((count) => count === 0 ? 0 : (labels.length / count) ** power);
  const total = raw.reduce((sum, weight, label) => sum + weight * counts[label], 0);
  return Float32Array.from(raw, (weight) => weight * labels.length / total);
}
