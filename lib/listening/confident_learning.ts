/** Given label by class that a model is confident of, `[size, size]`, row-major; counts of examples. */
export type ConfidentJoint = Float64Array;

/**
 * How many examples of each given label a model holds for one of each class: an example counts for the likeliest of the classes
 * whose mean probability over the examples of that label it reaches (Northcutt et al. 2021, equation 1), and each label is
 * scaled to as many examples as it has (equation 3).
 *
 * @param probabilities `[n, size]` of a model that hasn't learned from the examples, row-major.
 */
export function confidentJoint(
  labels: ArrayLike<number>,
  probabilities: Float64Array,
  { size }: { size: number },
): ConfidentJoint {
  const sums = new Float64Array(size), counts = new Float64Array(size);
  for (let i = 0; i < labels.length; i++) {
    counts[labels[i]]++;
    sums[labels[i]] += probabilities[i * size + labels[i]];
  }
  const thresholds = sums.map((sum, c) => counts[c] > 0 ? sum / counts[c] : Infinity);
  const joint = new Float64Array(size * size);
  for (let i = 0; i < labels.length; i++) {
    let best = -1;
    for (let c = 0; c < size; c++) {
      const p = probabilities[i * size + c];
      if (p >= thresholds[c] - 1e-6 && (best < 0 || p > probabilities[i * size + best])) best = c;
    }
    if (best >= 0) joint[labels[i] * size + best]++;
  }
  return joint.map((count, at) => {
    const label = Math.floor(at / size);
    const row = joint.subarray(label * size, (label + 1) * size).reduce((sum, value) => sum + value, 0);
    return row === 0 ? (at % size === label ? counts[label] : 0) : count / row * counts[label];
  });
}

/**
 * Whether each label is held for wrong: prune by noise rate (Northcutt et al. 2021, section 3.3). Of each given label as many
 * examples as the joint has in another class, those with the largest margin for that class; none that the model gives its
 * label to.
 */
export function labelIssues(
  labels: ArrayLike<number>,
  probabilities: Float64Array,
  { size }: { size: number },
): boolean[] {
  const joint = confidentJoint(labels, probabilities, { size });
  const issues = new Array<boolean>(labels.length).fill(false);
  const byLabel = Map.groupBy(Array.from(labels).keys(), (i) => labels[i]);
  const p = (i: number, c: number) => probabilities[i * size + c];
  for (const [label, members] of byLabel) {
    for (let c = 0; c < size; c++) {
      const wrong = Math.round(joint[label * size + c]);
      if (c === label || wrong === 0) continue;
      const margins = members.map((i) => ({ i, margin: p(i, c) - p(i, label) })).sort((a, b) => b.margin - a.margin);
      for (const { i } of margins.slice(0, wrong)) {
        const row = probabilities.subarray(i * size, (i + 1) * size);
        issues[i] ||= row.indexOf(Math.max(...row)) !== label;
      }
    }
  }
  return issues;
}
