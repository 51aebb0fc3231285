import { applyDecision, type DecisionRule, decisionRule } from "./decision_rule.ts";
import type { Prediction } from "../scores/mod.ts";
import { unitKey } from "../splits/mod.ts";

/** The rule that makes one answer of the answers for a recording's items or a subject's recordings. */
export type RuleOf = (unit: "recording" | "subject", of: { fold: number; seed: number }) => DecisionRule | undefined;

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
      { size: classes.length, unitOf: items.map((item) => at.get(unitKey(item, unit))!) },
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
