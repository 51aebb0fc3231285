import { applyDecision, fitDecision, fitUnitRule } from "../../decision/mod.ts";
import type { DecisionRule, FitDecisionOptions } from "../../decision/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";

/** What rules are fitted for. */
export type Aims = FitDecisionOptions & Required<Pick<FitDecisionOptions, "aggregation">>;

/** What the rules of a run are fitted for. */
export function aimsOf(
  { evaluation }: Pick<Experiment, "evaluation">,
  classes: string[],
): Aims & { classes: string[] } {
  const { decision: aim, aggregation, calibration, coverage, protocol } = evaluation;
  return { classes, aim, aggregation, calibration, coverage, overSources: protocol.kind === "leave-one-source-out" };
}

/** One prediction an item: its windows joined, with the rule's probabilities and answer. */
export function decidePredictions(
  windows: readonly Prediction[],
  rule: DecisionRule,
  classes: readonly string[],
): Prediction[] {
  const size = classes.length;
  const flat = Float64Array.from(windows.flatMap(({ probabilities }) => probabilities));
  const { probabilities, predicted } = applyDecision(rule, flat, { size, unitOf: windowItems(windows) });
  return windows.filter(({ window = 0 }) => window === 0).map(({ window: _, ...item }, i) => ({
    ...item,
    predicted: classes[predicted[i]],
    probabilities: Array.from(probabilities.subarray(i * size, (i + 1) * size)),
  }));
}

/** The rule that serves an aim best on what networks say, window by window, of rows that they haven't learned. */
export function fitRule(unseen: readonly Prediction[], aims: Aims): DecisionRule {
  const items = unseen.filter(({ window = 0 }) => window === 0);
  return fitDecision({
    labels: Int32Array.from(items, ({ label }) => aims.classes.indexOf(label)),
    probabilities: Float64Array.from(unseen.flatMap(({ probabilities }) => probabilities)),
    unitOf: windowItems(unseen),
    sources: items.map(({ source }) => source),
  }, aims);
}

/** Rules for items, recordings and subjects. */
export interface FittedRules {
  rule: DecisionRule;
  /** What the rule makes of the windows that it was fitted on. */
  decided: Prediction[];
  /** The rule that joins the answers for a recording or a subject, fitted when it is first asked for. */
  unit(unit: "recording" | "subject"): DecisionRule | undefined;
}

/** The rules that serve an aim best on such windows; `rule` is that for items where it is known. */
export function fitRules(unseen: readonly Prediction[], aims: Aims, rule = fitRule(unseen, aims)): FittedRules {
  const decided = decidePredictions(unseen, rule, aims.classes);
  const rules = new Map<string, DecisionRule | undefined>();
  return {
    rule,
    decided,
    unit(unit) {
      if (!rules.has(unit)) rules.set(unit, fitUnitRule(decided, { unit, ...aims }));
      return rules.get(unit);
    },
  };
}

/** The item of each window, `0, 1, …`: a window with the number 0 begins one, and so does what has no number. */
function windowItems(windows: readonly Prediction[]): Int32Array {
  let item = -1;
  return Int32Array.from(windows, ({ window = 0 }) => window === 0 ? ++item : item);
}
