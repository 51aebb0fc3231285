import { type DecisionRule, fitDecision, type FitDecisionOptions, fitUnitRule } from "../../decision/mod.ts";
import { type Prediction } from "../../scores/mod.ts";
import { windowItems } from "./window_items.ts";

/** What rules are fitted for. */
export type Aims = FitDecisionOptions & Required<Pick<FitDecisionOptions, "aggregation">>;

/** The rule that serves an aim best on what networks say, window by window, of rows that they haven't learned. */
export function fitRule(unseen: readonly Prediction[], options: Aims): DecisionRule {
  const { classes } = options;
  const items = unseen.filter(({ window = 0 }) => window === 0);
  const examples = {
    labels: Int32Array.from(items, ({ label }) => classes.indexOf(label)),
    probabilities: Float64Array.from(unseen.flatMap(({ probabilities }) => probabilities)),
    unitOf: windowItems(unseen),
  };
  return fitDecision(examples, options);
}

/** The rule that joins the answers for a recording or a subject, fitted when it is first asked for. */
export function unitRule(
  decided: readonly Prediction[],
  options: Aims,
): (unit: "recording" | "subject") => DecisionRule | undefined {
  const rules = new Map<string, DecisionRule | undefined>();
  return (unit) => {
    if (!rules.has(unit)) rules.set(unit, fitUnitRule(decided, { unit, ...options }));
    return rules.get(unit);
  };
}
