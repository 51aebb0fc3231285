import { officialScores } from "./official_scores.ts";

/** The least and the greatest value of a score. */
export function scoreRange(score: string): [number, number] {
  if (score === "kappa" || score === "mcc") return [-1, 1];
  return ["logLoss", "brier"].includes(score) || officialScores[score]?.lowerIsBetter ? [0, Infinity] : [0, 1];
}
