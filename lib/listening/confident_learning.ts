/**
 * How many examples of each given label a model holds for one of each class: an example counts for the class whose mean
 * probability over the examples of that label it reaches, where it reaches several for the likeliest of all (Northcutt et al.
 * 2021, equation 1), and each label is scaled to as many examples as it has (equation 3).
 *
 * @param probabilities `[n, size]` of a model that hasn't learned from the examples, row-major.
 * @returns Given label by class that the model is confident of, `[size, size]`, row-major; counts of examples.
 */
export function confidentJoint(
  labels: ArrayLike<number>,
  probabilities: Float64Array,
  { size }: { size: number },
): Float64Array {
  const sums = new Float64Array(size), counts = new Float64Array(size);
  for (let i = 0; i < labels.length; i++) {
    counts[labels[i]]++;
    sums[labels[i]] += probabilities[i * size + labels[i]];
  }
  const thresholds = sums.map((sum, c) => counts[c] > 0 ? sum / counts[c] : Infinity);
  const joint = new Float64Array(size * size);
  for (let i = 0; i < labels.length; i++) {
    const row = probabilities.subarray(i * size, (i + 1) * size);
    const confident = [...row.keys()].filter((c) => row[c] >= thresholds[c] - 1e-6);
    if (confident.length > 0) joint[labels[i] * size + (confident.length > 1 ? likeliest(row) : confident[0])]++;
  }
  for (let label = 0; label < size; label++) {
    const row = joint.subarray(label * size, (label + 1) * size);
    if (counts[label] === 0) continue;
    row[label] = Math.max(1, row[label]); // a class that nothing is held for can't be scaled
    row.set(scaledTo(counts[label], row));
  }
  return joint;
}

/** Counts in the proportion of others that sum to a whole number: what rounding down leaves goes to the largest rests. */
function scaledTo(total: number, counts: Float64Array): Float64Array {
  const sum = counts.reduce((all, count) => all + count, 0);
  const exact = counts.map((count) => count / sum * total), whole = exact.map((count) => Math.floor(count + 1e-9));
  const left = Math.round(total - whole.reduce((all, count) => all + count, 0));
  const byRest = [...whole.keys()].sort((a, b) => exact[b] - whole[b] - (exact[a] - whole[a]) || b - a);
  for (const c of byRest.slice(0, left)) whole[c]++;
  return whole;
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
      const wrong = joint[label * size + c];
      if (c === label || wrong === 0) continue;
      const margins = members.map((i) => ({ i, margin: p(i, c) - p(i, label) })).sort((a, b) => b.margin - a.margin);
      for (const { i } of margins.slice(0, wrong)) {
        issues[i] ||= likeliest(probabilities.subarray(i * size, (i + 1) * size)) !== label;
      }
    }
  }
  return issues;
}

function likeliest(row: Float64Array): number {
  return row.indexOf(Math.max(...row));
}
