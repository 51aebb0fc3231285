/** One epoch of a training. */
export interface HistoryRow {
  /** From 1. */
  epoch: number;
  /** Mean training loss of the epoch, as the network was at each step. */
  loss: number;
  /** Mean negative log-likelihood of the true class over the validation windows. */
  validationLoss: number;
  /** What the monitor said of the validation windows; more is better. */
  validationScore: number;
  /** Of the last step. */
  learningRate: number;
  /** Of the whole epoch, validation included. */
  seconds: number;
  /** Training windows a second, validation excluded. */
  samplesPerSecond: number;
}

/**
 * The epoch with the highest validation score, of equal ones that with the lowest validation loss (a score on few
 * windows takes few values), then the first. A score that is no number is worse than any other.
 */
export function bestRow(history: readonly HistoryRow[]): HistoryRow | undefined {
  const score = (row: HistoryRow) => Number.isNaN(row.validationScore) ? -Infinity : row.validationScore;
  return history.reduce<HistoryRow | undefined>((best, row) => {
    if (best === undefined || score(row) > score(best)) return row;
    return score(row) === score(best) && row.validationLoss < best.validationLoss ? row : best;
  }, undefined);
}
