import { headlineScores, scoreKey } from "../../scores/mod.ts";
import type { IndexedRun } from "./find_runs.ts";

/** The first score that the experiment names and the run has. */
export function headline({ config, scores }: Pick<IndexedRun, "config" | "scores">): string | undefined {
  return [...config.experiment.evaluation.scores.map(scoreKey), ...headlineScores].find((name) => name in scores);
}
