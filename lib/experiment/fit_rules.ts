import {
  type AggregationAim,
  type DecisionAim,
  type DecisionRule,
  fitDecision,
  fitUnitRule,
  type Prediction,
} from "../evaluation/mod.ts";

/** What rules are fitted for. */
interface FitRulesOptions {
  classes: readonly string[];
  aim: DecisionAim;
}

/** The rule that serves an aim best on predictions of rows that the networks haven't learned. */
export function fitRule(unseen: readonly Prediction[], { classes, aim }: FitRulesOptions): DecisionRule {
  const examples = {
    labels: Int32Array.from(unseen, ({ label }) => classes.indexOf(label)),
    probabilities: Float64Array.from(unseen.flatMap(({ probabilities }) => probabilities)),
  };
  return fitDecision(examples, { classes, aim });
}

/** The rule that joins the answers for a recording or a subject, fitted when it is first asked for. */
export function unitRule(
  decided: readonly Prediction[],
  options: FitRulesOptions & { aggregation: AggregationAim },
): (unit: "recording" | "subject") => DecisionRule | undefined {
  const rules = new Map<string, DecisionRule | undefined>();
  return (unit) => {
    if (!rules.has(unit)) rules.set(unit, fitUnitRule(decided, { unit, ...options }));
    return rules.get(unit);
  };
}
