import type { Metrics, Score, Scores } from "../scores/mod.ts";

/** A score as a row of a tidy table: what it is of, then what it is. */
export interface ScoreRow extends Pick<Score, "value" | "low" | "high" | "level" | "n" | "unit" | "floor"> {
  part: string;
  /** What of the part: all of it, a fold, a source, the mean over the sources, or a group of patients. */
  of: "all" | "fold" | "source" | "mean over sources" | "group";
  /** Which: `"3 (seed 0)"`, `"hospital A"`, `"sex: female"`; empty for all. */
  which: string;
  score: string;
  method: string | null;
}

/** Every score of every part, one a row. */
export function scoreRows({ parts }: Pick<Metrics, "parts">): ScoreRow[] {
  return Object.entries(parts).flatMap(([part, { pooled, folds, sources, sourceMean, groups = [] }]) => {
    const rows = (of: ScoreRow["of"], which: string, scores: Scores = {}) =>
      Object.entries(scores).map(([score, { value, low, high, level, n, unit, floor, method }]): ScoreRow => (
        { part, of, which, score, unit, value, low, high, level, method: method ?? null, n, floor }
      ));
    return [
      ...Object.values(pooled).flatMap((scores) => rows("all", "", scores)),
      ...folds.flatMap(({ fold, seed, scores }) => rows("fold", `${fold} (seed ${seed})`, scores)),
      ...sources.flatMap(({ source, scores }) => rows("source", source, scores)),
      ...rows("mean over sources", "", sourceMean),
      ...groups.flatMap(({ attribute, group, scores }) => rows("group", `${attribute}: ${group}`, scores)),
    ];
  });
}
