import { InputError } from "../errors/mod.ts";
import type { DecisionRule } from "./decision_rule.ts";
import { type DecisionAim, fitDecision } from "./fit_decision.ts";
import { type RuleOf, subjectOf } from "./judged_items.ts";
import type { Prediction } from "./prediction.ts";

/**
 * The rules that make one answer of the answers for a recording's items or a subject's recordings, fitted on the validation
 * part of each fold: how they are joined (between mean and maximum), at which temperature and threshold. A fold whose
 * validation part has units with two labels, or lacks what the aim needs, has no rule: mean and top class then.
 *
 * @param validation Predictions of validation parts of any number of folds and seeds.
 * @returns `ruleOf` of {@linkcode evaluatePredictions}; a rule is fitted when it is first asked for.
 */
export function fitUnitRules(
  validation: readonly Prediction[],
  { classes, aim }: { classes: readonly string[]; aim: DecisionAim },
): RuleOf {
  const byFold = Map.groupBy(validation, ({ fold, seed }) => `${seed}/${fold}`);
  const rules = new Map<string, DecisionRule | undefined>();
  return (unit, { fold, seed }) => {
    const key = `${unit}/${seed}/${fold}`;
    if (!rules.has(key)) rules.set(key, fitUnit(byFold.get(`${seed}/${fold}`) ?? [], { unit, classes, aim }));
    return rules.get(key);
  };
}

function fitUnit(
  own: readonly Prediction[],
  { unit, classes, aim }: { unit: "recording" | "subject"; classes: readonly string[]; aim: DecisionAim },
): DecisionRule | undefined {
  const units = [...Map.groupBy(own, (one) => unit === "recording" ? one.recording : subjectOf(one)).values()];
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
    }, { classes, aim, aggregation: "learned" });
  } catch (error) {
    if (error instanceof InputError) return undefined; // a class that the aim needs is missing
    throw error;
  }
}
