import { InputError } from "../errors/mod.ts";
import { applyDecision, type DecisionRule, decisionRule } from "./decision_rule.ts";
import { rowKey, subjectKey } from "../splits/fold.ts";
import type { Prediction } from "./prediction.ts";
import { unitKey } from "./unit_key.ts";

/** What the scores of one model (one seed) are computed from. */
export interface JudgedItems {
  /** True class of each item. */
  labels: Int32Array;
  /** Class after the decision rule. */
  predicted: Int32Array;
  /** `[n, classes]`, row-major. */
  probabilities: Float64Array;
  /** The subject of each item, `0 … clusters - 1`. */
  clusters: Int32Array;
}

/** The rule that makes one answer of the answers for a recording's items or a subject's recordings. */
export type RuleOf = (unit: "recording" | "subject", of: { fold: number; seed: number }) => DecisionRule | undefined;

export function subjectIndex(predictions: readonly Prediction[]): Map<string, number> {
  const subjects = [...new Set(predictions.map(subjectKey))].sort();
  return new Map(subjects.map((subject, i) => [subject, i]));
}

/** The predictions as arrays, one entry a prediction. */
export function judgedItems(
  predictions: readonly Prediction[],
  { classes, subjects }: { classes: readonly string[]; subjects: ReadonlyMap<string, number> },
): JudgedItems {
  const index = new Map(classes.map((name, c) => [name, c]));
  const probabilities = new Float64Array(predictions.length * classes.length);
  predictions.forEach((one, i) => {
    const wrong = index.has(one.label) ? index.has(one.predicted) ? undefined : one.predicted : one.label;
    if (wrong !== undefined) {
      refuse(one, `a class of the task (${classes.join(", ")})`, `"${wrong}"`);
    }
    if (one.probabilities.length !== classes.length || !one.probabilities.every(Number.isFinite)) {
      refuse(one, `${classes.length} probabilities`, `[${one.probabilities.join(", ")}]`);
    }
    probabilities.set(one.probabilities, i * classes.length);
  });
  return {
    labels: Int32Array.from(predictions, (one) => index.get(one.label)!),
    predicted: Int32Array.from(predictions, (one) => index.get(one.predicted)!),
    probabilities,
    clusters: Int32Array.from(predictions, (one) => subjects.get(subjectKey(one))!),
  };
}

function refuse({ recording, start, end }: Prediction, expected: string, found: string): never {
  throw new InputError({ expected, found, where: `the prediction of ${recording} (${start}-${end} s)` });
}

/**
 * One prediction a recording or subject, made of those of its items in the same fold and seed by the rule of the fold.
 * Where there is none, a single item keeps its answer, and of several the mean probability and its top class is taken.
 *
 * @returns a sentence where the items of one unit differ in their label.
 */
export function joinPredictions(
  predictions: readonly Prediction[],
  { unit, classes, ruleOf }: { unit: "recording" | "subject"; classes: readonly string[]; ruleOf?: RuleOf },
): Prediction[] | string {
  const folds = Map.groupBy(predictions, ({ fold, seed }) => `${seed}/${fold}`);
  const joined: Prediction[] = [];
  for (const items of folds.values()) {
    const units = Map.groupBy(items, (item) => unitKey(item, unit));
    const keys = [...units.keys()];
    for (const [key, members] of units) {
      const other = members.find((member) => member.label !== members[0].label);
      if (other) return `${unit} ${key} has several labels (${members[0].label}, ${other.label})`;
    }
    const at = new Map(keys.map((key, i) => [key, i]));
    const rule = ruleOf?.(unit, items[0]);
    const decided = applyDecision(
      rule ?? decisionRule.parse({}),
      Float64Array.from(items.flatMap((item) => item.probabilities)),
      {
        size: classes.length,
        unitOf: items.map((item) => at.get(unitKey(item, unit))!),
      },
    );
    keys.forEach((key, i) => {
      const row = decided.probabilities.subarray(i * classes.length, (i + 1) * classes.length);
      const [first, ...others] = units.get(key)!;
      if (rule === undefined && others.length === 0) joined.push(first);
      else joined.push({ ...first, predicted: classes[decided.predicted[i]], probabilities: [...row] });
    });
  }
  return joined;
}

/** Predictions that judge every unit by one model each: see {@linkcode splitReplicates}. */
export interface Replicate {
  seed: number;
  predictions: Prediction[];
}

/**
 * Predictions by replicate: one a seed, and one more for each further time that a seed's folds judge the same items
 * (repeated folds, the folds of an external test). Where some items come up more often than others (validation parts), a
 * seed is one replicate.
 */
export function splitReplicates(predictions: readonly Prediction[]): Replicate[] {
  return [...Map.groupBy(predictions, ({ seed }) => seed)].sort(([a], [b]) => a - b).flatMap(([seed, of]) => {
    const rounds: Prediction[][] = [];
    const seen = new Map<string, { fold: number; round: number }>();
    for (const prediction of of.toSorted((a, b) => a.fold - b.fold)) {
      const key = rowKey(prediction);
      const last = seen.get(key);
      const round = last === undefined ? 0 : last.fold === prediction.fold ? last.round : last.round + 1;
      seen.set(key, { fold: prediction.fold, round });
      (rounds[round] ??= []).push(prediction);
    }
    const even = rounds.every((round) => round.length === rounds[0].length);
    return even ? rounds.map((round) => ({ seed, predictions: round })) : [{ seed, predictions: of }];
  });
}
