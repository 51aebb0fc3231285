import { binomialCdf, normalCdf } from "../statistics/mod.ts";

/** McNemar's test of two runs on the same items. */
export interface McnemarTest {
  /** Items that only the first run has right. */
  firstOnly: number;
  /** Items that only the second run has right. */
  secondOnly: number;
  /** Two-sided exact probability: min(1, 2 P(X ≤ min)), X binomial of probability ½. */
  p: number;
  /** χ² with continuity correction, (|b - c| - 1)² / (b + c), and its probability; `null` without discordant items. */
  corrected: { statistic: number; p: number } | null;
}

/** McNemar's test (1947) of the items that one run has right and the other wrong. It takes items as independent. */
export function mcnemar(firstOnly: number, secondOnly: number): McnemarTest {
  const n = firstOnly + secondOnly;
  const p = Math.min(1, 2 * binomialCdf(Math.min(firstOnly, secondOnly), n, 0.5));
  const statistic = (Math.abs(firstOnly - secondOnly) - 1) ** 2 / n;
  const corrected = n === 0 ? null : { statistic, p: 2 * normalCdf(-Math.sqrt(statistic)) };
  return { firstOnly, secondOnly, p, corrected };
}
