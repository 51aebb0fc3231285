import { headlineNames, pooledScores } from "../../report/mod.ts";
import { scoreName } from "../../scores/mod.ts";
import { scoreCell } from "../contents/score_tables.ts";
import type { PaperRun } from "../paper_run.ts";
import { cellText } from "../tables/paper_table.ts";

/** What came out for a run: its first score beside its floor, and all that its figures warn of. */
export function resultsSentences(one: PaperRun): { score: string[]; warnings: string[] } {
  const [name] = headlineNames(one);
  const score = pooledScores(one)[name];
  const { leaks = [], warnings: told } = one.run.metrics ?? { warnings: [] };
  const warnings = [...leaks, ...told].map(sentence);
  if (score === undefined) return { score: [], warnings };
  const reached = Object.entries(score.floors).find(([, value]) => value === score.floor)?.[0];
  const floor = score.floor === null
    ? ""
    : `; its highest floor is ${cellText(scoreCell({ value: score.floor, low: null, high: null }))} (${reached})`;
  const count = `${score.n} ${score.n === 1 ? score.unit : `${score.unit}s`}`;
  return { score: [`${scoreName(name, score).name} is ${cellText(scoreCell(score))} on ${count}${floor}.`], warnings };
}

function sentence(text: string): string {
  return /[.?!)]$/.test(text) ? text : `${text}.`;
}
