import { UsageError } from "../errors/mod.ts";
import type { Statistic } from "../statistics/mod.ts";
import type { Confusion } from "./confusion_matrix.ts";
import { confusion } from "./confusion_scores.ts";
import { ROUNDING } from "./score.ts";
import { type AskedScore, type JudgedItems, type ScoreDefinition, scores, type Summary } from "./define_score.ts";
import { findScore, isOwnScore, scoreKey, scoreTable } from "./score_table.ts";

/** Scores by name, as a function of how often each subject counts. */
export interface ScoreStatistic {
  names: string[];
  statistic: Statistic;
}

/** What is computed, and for which classes. */
export interface ScoreOptions {
  classes: readonly string[];
  /** Scores to compute beside the general ones. */
  asked: readonly AskedScore[];
}

/**
 * Every score of the items, as one function of the subjects' weights. Items are first summed up by subject or sorted, so that a
 * call costs one pass over the numbers, and each summary is computed once for all scores that read it.
 *
 * @param only The scores that are wanted alone, by their key and what they read.
 */
export function scoreStatistic(
  items: JudgedItems,
  options: ScoreOptions,
  only: (key: string, from: Summary<unknown>) => boolean = () => true,
): ScoreStatistic {
  const { classes } = options;
  const wanted = scoresFor(options).filter(({ keys: [key], definition }) => key && only(key, definition.from));
  const groups = [...Map.groupBy(wanted, ({ definition }) => definition.from)].map(([from, scores]) => ({
    scores,
    summary: from(items, classes),
  }));
  return {
    names: groups.flatMap(({ scores }) => scores.flatMap(({ keys }) => keys)),
    statistic: (weights) =>
      groups.flatMap(({ scores, summary }) => {
        const judged = summary(weights);
        return scores.flatMap(({ values }) => values(judged));
      }),
  };
}

/** The scores of a confusion alone, by name. */
export function scoresOfConfusion(counts: Confusion, options: ScoreOptions): Map<string, number> {
  const judged = { ...counts, classes: options.classes };
  const scores = scoresFor(options).filter(({ definition }) => definition.from === confusion);
  return new Map(scores.flatMap(({ keys, values }) => {
    const own = values(judged);
    return keys.map((key, i): [string, number] => [key, own[i]]);
  }));
}

/**
 * One score as a function of a confusion.
 *
 * @throws {UsageError} for a name that is none, or a score that the classes don't fit or that reads more than the confusion.
 */
export function scoreOfConfusion(asked: AskedScore, classes: readonly string[]): (counts: Confusion) => number {
  const key = scoreKey(asked);
  const scores = scoresFor({ classes, asked: [asked] }).filter(({ definition }) => definition.from === confusion);
  const score = scores.find(({ keys }) => keys.includes(key));
  if (score === undefined) {
    throw new UsageError({
      expected: `a score of the answers for the classes ${classes.join(", ")}`,
      found: `"${key}"`,
      where: "the aim of the decision rule",
      remedy: typeof asked === "object" && findScore(asked).definition.from === undefined
        ? "name the module that defines it: --parts FILE"
        : `use one of ${scores.flatMap(({ keys }) => keys).slice(0, 9).join(", ")}, … or an official score`,
    });
  }
  const at = score.keys.indexOf(key);
  return (counts) => score.values({ ...counts, classes })[at];
}

/** A score for given classes: what it is reported as, and its values. */
interface ScoreFor {
  definition: ScoreDefinition;
  keys: string[];
  values(judged: unknown): number[];
}

function scoresFor({ classes, asked }: ScoreOptions): ScoreFor[] {
  const general = [...scoreTable.values()].filter(({ shown }) => shown !== "asked").map(({ name }) => name);
  // A part of a score, or a class of one, comes with it.
  const whole = asked.map((one) => typeof one === "string" ? one.replace(/\/.*/s, "") : one);
  const wanted = new Map([...general, ...whole].map((one) => [scoreKey(one), one]));
  return [...wanted].flatMap(([key, one]) => {
    const { definition } = findScore(one);
    return definition.from === undefined
      ? []
      : [scoreFor(key, one, { definition: definition as ScoreDefinition, classes })];
  });
}

function scoreFor(
  key: string,
  asked: AskedScore,
  { definition, classes }: { definition: ScoreDefinition; classes: readonly string[] },
): ScoreFor {
  const { parts = {}, classesFrom = 2, value, ofClass, needs } = definition;
  const options = optionsOf(definition, asked);
  const whole = needs?.(classes) === undefined && value;
  const single = classes.length >= classesFrom && ofClass;
  const values = (judged: unknown) => [
    ...whole ? [whole(judged, options)].flat() : [],
    ...single ? classes.map((_, c) => single(judged, c, options)) : [],
  ];
  return {
    definition,
    keys: [
      ...whole ? [key, ...Object.keys(parts).map((part) => `${key}/${part}`)] : [],
      ...single ? classes.map((of) => `${key}/${of}`) : [],
    ],
    values: isOwnScore(definition.name) ? checkedScore(definition, values) : values,
  };
}

function optionsOf({ name, options }: ScoreDefinition, asked: AskedScore): Record<string, unknown> {
  if (!options) return {};
  const { kind: _, ...given } = typeof asked === "string" ? { kind: asked } : asked;
  const parsed = options.safeParse(given);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new UsageError({
    expected: `options that fit (${message})`,
    found: JSON.stringify(given),
    where: [name, ...path].join("."),
  });
}

/**
 * The values of a score that somebody brought, looked at before anyone reads them: each a number within its range, or NaN, and
 * the first of them the same when it is asked for again.
 *
 * @throws {UsageError} naming the score and its module, from the returned function.
 */
function checkedScore(
  { name, range = [0, 1], parts = {} }: ScoreDefinition,
  values: (judged: unknown) => number[],
): (judged: unknown) => number[] {
  const refuse = (expected: string, found: string, cause?: unknown): never => {
    const { module } = scores.find(name);
    throw new UsageError({ expected, found, where: `the score "${name}" of ${module ?? "a notebook's cell"}`, cause });
  };
  const ask = (judged: unknown): number[] => {
    try {
      return values(judged);
    } catch (error) {
      return refuse("a value, or NaN where it doesn't exist", `an error: ${(error as Error)?.message ?? error}`, error);
    }
  };
  const count = 1 + Object.keys(parts).length, [from, to] = range;
  let known = false;
  return (judged) => {
    const found = ask(judged), again = known ? found : ask(judged);
    known = true;
    if (found.length < count) refuse(`${count} values, its own and those of its parts`, `${found.length}`);
    found.forEach((value, i) => {
      if (typeof value !== "number") refuse("a number, or NaN where it doesn't exist", typeof value);
      if (Math.abs(value) === Infinity) refuse("a finite value, or NaN where it doesn't exist", `${value}`);
      if (value < from - ROUNDING || value > to + ROUNDING) refuse(`a value from ${from} to ${to}`, `${value}`);
      if (!Object.is(value, again[i])) refuse("the same value of the same answers", `${value}, then ${again[i]}`);
    });
    return found;
  };
}
