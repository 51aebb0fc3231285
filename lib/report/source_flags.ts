import type { Score } from "../evaluation/score.ts";
import type { ReportView } from "./report_view.ts";
import { headlineScores } from "./score_names.ts";

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
export function sourceFlags({ metrics, wanted, part }: ReportView): SourceFlag[] {
  const pooled = metrics?.pooled.item ?? {};
  const [name] = headlineScores(pooled, wanted);
  if (metrics === null || name === undefined) return [];
  const value = pooled[name].value!;
  return metrics.sources.flatMap(({ source, scores }, i) => {
    const score = scores[name];
    if (!score) return [];
    const below = score.value !== null && score.floor !== null && score.value <= score.floor;
    const worse = score.high !== null && score.high < value;
    const at = `parts.${part}.sources[${i}].scores.${name}`;
    return [{ source, name, score, at, flag: worse ? "worse" : below ? "below floor" : null }];
  });
}

/** Whether a source needs a warning. */
export function isWorse({ flag }: SourceFlag): boolean {
  return flag !== null;
}
