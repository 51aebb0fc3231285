import { z } from "zod";
import { confusionScores } from "./confusion_scores.ts";
import { type AskedScore, type ScoreDefinition, type ScoreInfo, scores } from "./define_score.ts";
import { officialScores } from "./official_scores.ts";
import { probabilityScores } from "./probability_scores.ts";
import type { Score, Unit } from "./score.ts";

/** Every score that is built in, each defined once, by its name. */
export const scoreTable: ReadonlyMap<string, ScoreDefinition> = new Map(
  [...confusionScores, ...probabilityScores, ...officialScores].map(({ definition }) => [
    definition.name,
    definition as unknown as ScoreDefinition,
  ]),
);

/** Scores that are read where an experiment names none, or beside those that it names; the first speaks for a run. */
export const headlineScores: readonly string[] = shownAs("headline");

/** Scores for a short table: the headline ones, and others that most readers ask for. */
export const usualScores: readonly string[] = [...headlineScores, ...shownAs("usual")];

/** Those of them that can be read against a floor. */
export const overallScores: readonly string[] = usualScores.filter((name) => scoreInfo(name).floor);

/** A score that an experiment asks for: a built-in one by its name, an own one by its name or called with its options. */
export const namedScore: z.ZodType<AskedScore, AskedScore> = z.union([
  z.enum(namesOf(({ value }) => value !== undefined)),
  scores.schema,
], {
  error: ({ input, errors }) => {
    const { kind } = Object(input) as { kind?: unknown };
    const known = scores.all().map(({ definition }) => definition.name);
    const [issue] = (errors as z.core.$ZodIssue[][]).at(-1) ?? [];
    if (typeof kind === "string" && known.includes(kind)) return `${issue.path.join(".")}: ${issue.message}`;
    return `Invalid option: expected one of ${known.map((name) => `"${name}"`).join("|")}`;
  },
}) as never;

/** The same where a class or a part may be named as well, `recall/Wheeze`, and the classes decide what exists. */
export const anyScore: z.ZodType<AskedScore, AskedScore> = z.union([
  z.string().refine((key) => !isOwnScore(key)),
  scores.schema,
]) as never;

/** What a score is reported as in `metrics.json`: its name, and the options of an own one: `weighted-recall(sick=0.5)`. */
export function scoreKey(asked: AskedScore): string {
  const { kind, ...given } = typeof asked === "string" ? { kind: asked } : asked;
  const definition = ownDefinition(kind);
  const options = Object.entries(definition?.options?.safeParse(given).data ?? given);
  if (options.length === 0) return kind;
  const told = options.map(([name, value]) => `${name}=${JSON.stringify(value).replaceAll(/[^\w.,:-]/g, "")}`);
  return `${kind}(${told.join(",")})`;
}

/**
 * What a key of `metrics.json` says: a score, or what it is of a class (`recall/Wheeze`) or in a part (`icbhi/Se`).
 *
 * @param told The score as it stands there: it tells what an own one is whose module isn't loaded.
 */
export function scoreInfo(asked: AskedScore, told?: Pick<Score, "about">): ScoreInfo {
  const { definition, options, of } = findScore(asked);
  const { title, meaning = "", better = "higher", range = [0, 1], floor = true, parts } = definition;
  if (told?.about) return { ...told.about, range: [told.about.range[0] ?? -Infinity, told.about.range[1] ?? Infinity] };
  const part = of === undefined ? undefined : parts?.[of];
  return {
    title: [`${title} ${options}`.trim(), ...of === undefined ? [] : [of]].join(", "),
    meaning: part?.meaning ?? (better === "lower" ? `${meaning}; lower is better` : meaning),
    better,
    range,
    floor: part ? part.floor !== false : floor,
  };
}

/** The definition behind a key, and the class or part that it is of. */
export function findScore(asked: AskedScore): {
  definition: Partial<ScoreDefinition> & { title: string };
  /** As text in parentheses. */
  options: string;
  of?: string;
} {
  const [, name, options = "", of] = /^([^(/]*)(\([^)]*\))?(?:\/(.*))?$/s.exec(scoreKey(asked)) ??
    ["", scoreKey(asked)];
  return { definition: scoreTable.get(name) ?? ownDefinition(name) ?? { title: name }, options, of };
}

/** Whether a score can be told of what is counted as one. */
export function countsBy(asked: AskedScore, unit: Unit): boolean {
  const { unit: own = unit } = findScore(asked).definition;
  return own === unit;
}

/** Whether a score gets worse as it grows. */
export function lowerIsBetter(asked: AskedScore, told?: Pick<Score, "about">): boolean {
  return scoreInfo(asked, told).better === "lower";
}

/** The better of two values of a score. */
export function better(key: string, a: number | undefined, b: number): number {
  if (a === undefined) return b;
  return lowerIsBetter(key) ? Math.min(a, b) : Math.max(a, b);
}

/** Whether somebody's own score is called so, which was defined in this process. */
export function isOwnScore(name: string): boolean {
  return !scoreTable.has(name) && ownDefinition(name) !== undefined;
}

function ownDefinition(name: string): ScoreDefinition | undefined {
  return scores.all().find(({ definition }) => definition.name === name)?.definition as ScoreDefinition | undefined;
}

function namesOf(which: (score: ScoreDefinition) => boolean): string[] {
  return [...scoreTable.values()].filter(which).map(({ name }) => name);
}

function shownAs(where: ScoreDefinition["shown"]): string[] {
  return namesOf(({ shown }) => shown === where);
}

/**
 * The name of a score as readers know it, and what it means; `recall/Wheeze` is the recall of the class Wheeze.
 *
 * @param told The score as `metrics.json` has it.
 */
export function scoreName(asked: AskedScore, told?: Pick<Score, "about">): { name: string; meaning: string } {
  const { title, meaning } = scoreInfo(asked, told);
  return { name: title[0].toUpperCase() + title.slice(1), meaning };
}
