import { UsageError } from "../errors/mod.ts";
import type { Statistic } from "./cluster_bootstrap.ts";
import type { Confusion } from "./confusion_matrix.ts";
import { confusion } from "./confusion_scores.ts";
import type { JudgedItems } from "./judged_items.ts";
import type { ScoreDefinition } from "./score_definition.ts";
import { scoreTable } from "./score_table.ts";

/** Scores by name, as a function of how often each subject counts. */
export interface ScoreStatistic {
  names: string[];
  statistic: Statistic;
}

/** What is computed, and for which classes. */
export interface ScoreOptions {
  classes: readonly string[];
  /** Scores to compute beside the general ones. */
  asked: readonly string[];
}

/**
 * Every score of the items, as one function of the subjects' weights. Items are first summed up by subject or sorted, so that a
 * call costs one pass over the numbers, and each summary is computed once for all scores that read it.
 */
export function scoreStatistic(items: JudgedItems, options: ScoreOptions): ScoreStatistic {
  const { classes } = options;
  const groups = [...Map.groupBy(scoresFor(options), ({ definition }) => definition.from)].map(([from, scores]) => ({
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
 * @throws {UsageError} for a name that is none, or a score that the classes don't fit.
 */
export function scoreOfConfusion(key: string, classes: readonly string[]): (counts: Confusion) => number {
  const scores = scoresFor({ classes, asked: [key.split("/")[0]] })
    .filter(({ definition }) => definition.from === confusion);
  const score = scores.find(({ keys }) => keys.includes(key));
  if (score === undefined) {
    throw new UsageError({
      expected: `a score of the answers for the classes ${classes.join(", ")}`,
      found: `"${key}"`,
      where: "the aim of the decision rule",
      remedy: `use one of ${scores.flatMap(({ keys }) => keys).slice(0, 9).join(", ")}, … or an official score`,
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
  const wanted = [...scoreTable.values()].filter(({ name, official }) => !official || asked.includes(name));
  return wanted.map((definition) => {
    const { name, parts = {}, classesFrom = 2 } = definition;
    const whole = definition.needs?.(classes) === undefined && definition.value;
    const single = classes.length >= classesFrom && definition.ofClass;
    return {
      definition,
      keys: [
        ...whole ? [name, ...Object.keys(parts).map((part) => `${name}/${part}`)] : [],
        ...single ? classes.map((of) => `${name}/${of}`) : [],
      ],
      values: (judged) => [
        ...whole ? [whole(judged)].flat() : [],
        ...single ? classes.map((_, c) => single(judged, c)) : [],
      ],
    };
  });
}
