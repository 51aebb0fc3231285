import { confusionScores } from "./confusion_scores.ts";
import { officialScores } from "./official_scores.ts";
import { probabilityScores } from "./probability_scores.ts";
import type { Unit } from "./score.ts";
import type { ScoreDefinition, ScoreInfo } from "./score_definition.ts";

/** Every score that is built in, each defined once, by its name. */
export const scoreTable: ReadonlyMap<string, ScoreDefinition> = new Map(
  [...confusionScores, ...probabilityScores, ...officialScores].map((score) => [score.name, score]),
);

/** Scores that are read where an experiment names none, or beside those that it names; the first speaks for a run. */
export const headlineScores: readonly string[] = shownAs("headline");

/** Scores for a short table: the headline ones, and others that most readers ask for. */
export const usualScores: readonly string[] = [...headlineScores, ...shownAs("usual")];

/** Those of them that can be read against a floor. */
export const overallScores: readonly string[] = usualScores.filter((name) => scoreInfo(name).floor);

/** Scores that are computed only where an experiment names them. */
export const officialNames: readonly string[] = [...scoreTable.values()].flatMap(({ name, official }) =>
  official ? [name] : []
);

/** What a key of `metrics.json` says: a score, or what it is of a class (`recall/Wheeze`) or in a part (`icbhi/Se`). */
export function scoreInfo(key: string): ScoreInfo {
  const { definition, of } = findScore(key);
  const { title, meaning = "", better = "higher", range = [0, 1], floor = true, parts } = definition;
  const part = of === undefined ? undefined : parts?.[of];
  return {
    title: of === undefined ? title : `${title}, ${of}`,
    meaning: part?.meaning ?? (better === "lower" ? `${meaning}; lower is better` : meaning),
    better,
    range,
    floor: part ? part.floor !== false : floor,
  };
}

/** The definition behind a key, and the class or part that it is of. */
export function findScore(key: string): { definition: Partial<ScoreDefinition> & { title: string }; of?: string } {
  const [name, of] = key.split(/\/(.*)/s);
  return { definition: scoreTable.get(name) ?? { title: name }, of };
}

/** Whether a score can be told of what is counted as one. */
export function countsBy(key: string, unit: Unit): boolean {
  const { unit: own = unit } = findScore(key).definition;
  return own === unit;
}

/** Whether a score gets worse as it grows. */
export function lowerIsBetter(key: string): boolean {
  return scoreInfo(key).better === "lower";
}

/** The better of two values of a score. */
export function better(key: string, a: number | undefined, b: number): number {
  if (a === undefined) return b;
  return lowerIsBetter(key) ? Math.min(a, b) : Math.max(a, b);
}

function shownAs(where: ScoreDefinition["shown"]): string[] {
  return [...scoreTable.values()].flatMap(({ name, shown }) => shown === where ? [name] : []);
}
