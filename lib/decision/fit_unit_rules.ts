import { InputError } from "../errors/mod.ts";
import type { DecisionRule } from "./decision_rule.ts";
import { fitDecision, type FitDecisionOptions } from "./fit_decision.ts";
import type { RuleOf } from "./join_predictions.ts";
import type { Prediction } from "../scores/mod.ts";
import { unitKey } from "../splits/mod.ts";

/** As those of {@linkcode fitDecision}, but that how answers are joined is `"chosen"` by default. */
export type FitUnitRulesOptions = Omit<FitDecisionOptions, "coverage">;

/**
 * The rules that make one answer of the answers for a recording's items or a subject's recordings, fitted on the validation
 * part of each fold: how they are joined (mean, maximum, noisy-or, any positive, a power mean), at which temperature and
 * threshold. A fold whose validation part has units with two labels, or lacks what the aim needs, has no rule: mean and top
 * class then.
 *
 * @param validation Predictions of validation parts of any number of folds and seeds.
 * @returns `ruleOf` of {@linkcode evaluatePredictions}; a rule is fitted when it is first asked for.
 */
export function fitUnitRules(validation: readonly Prediction[], options: FitUnitRulesOptions): RuleOf {
  const byFold = Map.groupBy(validation, ({ fold, seed }) => `${seed}/${fold}`);
  const rules = new Map<string, DecisionRule | undefined>();
  return (unit, { fold, seed }) =>
    rules.getOrInsertComputed(
      `${unit}/${seed}/${fold}`,
      () => fitUnitRule(byFold.get(`${seed}/${fold}`) ?? [], { unit, ...options }),
    );
}

/**
 * One such rule from all the predictions together; what different folds and seeds say of a unit counts as different
 * examples.
 */
export function fitUnitRule(
  predictions: readonly Prediction[],
  { unit, classes, aggregation = "chosen", ...options }: FitUnitRulesOptions & { unit: "recording" | "subject" },
): DecisionRule | undefined {
  const groups = Map.groupBy(predictions, (one) => `${one.seed}/${one.fold}/${one.part}/${unitKey(one, unit)}`);
  const units = [...groups.values()];
  if (units.length === 0 || units.some((members) => members.some(({ label }) => label !== members[0].label))) {
    return undefined;
  }
  try {
    return fitDecision({
      labels: units.map(([{ label }]) => classes.indexOf(label)),
      probabilities: Float64Array.from(
        units.flatMap((members) => members.flatMap(({ probabilities }) => probabilities)),
      ),
      unitOf: units.flatMap((members, i) => members.map(() => i)),
      sources: units.map(([{ source }]) => source),
    }, { classes, aggregation, ...options });
  } catch (error) {
    if (error instanceof InputError) return undefined; // a class that the aim needs is missing
    throw error;
  }
}
