import { lowerIsBetter, type Score } from "../scores/mod.ts";
import { headlineNames, pooledScore, type ReportView } from "./report_view.ts";

/** A source (sub-database, device, site) beside all sources together. */
export interface SourceFlag {
  source: string;
  /** Name of the score that is compared. */
  name: string;
  score: Score;
  /** Key in metrics.json. */
  at: string;
  /** `worse`: its whole interval lies below the pooled value. `below floor`: no better than without any sound. */
  flag: "worse" | "below floor" | null;
}

/** The run's first score for each source, with a flag on those that do worse than all together. */
export function sourceFlags(view: ReportView): SourceFlag[] {
  const { metrics, part } = view;
  const name = headlineNames(view).find((name) => metrics?.sources.some(({ scores }) => name in scores));
  if (!metrics || name === undefined) return [];
  const { score: pooled } = pooledScore(view, name)!;
  const value = pooled.value!, lower = lowerIsBetter(name, pooled);
  return metrics.sources.flatMap(({ source, scores }, i) => {
    const score = scores[name];
    if (!score) return [];
    const below = score.value !== null && score.floor !== null &&
      (lower ? score.value >= score.floor : score.value <= score.floor);
    const worse = lower ? score.low !== null && score.low > value : score.high !== null && score.high < value;
    const at = `parts.${part}.sources[${i}].scores.${name}`;
    return [{ source, name, score, at, flag: worse ? "worse" : below ? "below floor" : null }];
  });
}
