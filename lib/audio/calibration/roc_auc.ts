/** Area under the ROC curve: the share of pairs in which the positive has the higher score, ties half (Hanley 1982). */
export function rocAuc(scores: readonly number[], labels: readonly boolean[]): number {
  const order = [...scores.keys()].sort((a, b) => scores[a] - scores[b]);
  let positives = 0, rankSum = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && scores[order[end]] === scores[order[start]]) end++;
    for (let i = start; i < end; i++) {
      if (!labels[order[i]]) continue;
      positives++;
      rankSum += (start + end + 1) / 2; // mean of the ranks from 1 on
    }
    start = end;
  }
  const negatives = order.length - positives;
  return positives * negatives === 0 ? NaN : (rankSum - positives * (positives + 1) / 2) / (positives * negatives);
}
