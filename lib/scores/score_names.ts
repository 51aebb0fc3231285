import type { AskedScore } from "./define_score.ts";
import type { Score } from "./score.ts";
import { scoreInfo } from "./score_table.ts";

/**
 * The name of a score as readers know it, and what it means; `recall/Wheeze` is the recall of the class Wheeze.
 *
 * @param told The score as `metrics.json` has it.
 */
export function scoreName(asked: AskedScore, told?: Pick<Score, "about">): { name: string; meaning: string } {
  const { title, meaning } = scoreInfo(asked, told);
  return { name: title[0].toUpperCase() + title.slice(1), meaning };
}
