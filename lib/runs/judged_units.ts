import { aggregationAim, calibration, decisionAim, fitUnitRules, joinPredictions } from "../decision/mod.ts";
import { type AskedScore, findScore, type Prediction, type Unit } from "../scores/mod.ts";
import { unitKey } from "../splits/mod.ts";
import type { JudgedPredictions } from "./predictions_file.ts";
import type { RanExperiment } from "./config_file.ts";

/** What a run answered, as its scores count it. */
export interface JudgedUnits {
  /** What is counted as one. */
  unit: Unit;
  /** One a unit, fold and seed, of all parts but validation; `recording` is the unit's name where it isn't an item. */
  predictions: Prediction[];
}

/** What the scores of a run count: what an official one that it asks for counts, else `evaluation.unit`. */
export function unitOfRun({ scores, unit }: Pick<RanExperiment["evaluation"], "scores" | "unit">): Unit {
  const own = (scores as AskedScore[]).map((score) => findScore(score).definition.unit);
  return own.find((one) => one !== undefined) ?? unit;
}

/**
 * What a run answered of each unit, by the rules that its own scores were judged with: those of the validation part of each
 * fold, and the mean where there is none. Where the items of a unit differ in their label, items are the unit.
 *
 * @param unit What is counted. @default {what the scores of the run count}
 */
export function judgedUnits(
  { predictions, classes }: JudgedPredictions,
  evaluation: RanExperiment["evaluation"],
  unit: Unit = unitOfRun(evaluation),
): JudgedUnits {
  const judged = predictions.filter(({ part }) => part !== "validation");
  const items: JudgedUnits = { unit: "item", predictions: judged };
  if (unit === "item") return items;
  const ruleOf = fitUnitRules(predictions.filter(({ part }) => part === "validation"), {
    classes,
    aim: decisionAim.safeParse(evaluation.decision).data ?? "argmax",
    aggregation: aggregationAim.safeParse(evaluation.aggregation).data,
    calibration: calibration.safeParse(evaluation.calibration).data,
    overSources: evaluation.protocol?.kind === "leave-one-source-out",
  });
  const joined = joinPredictions(judged, { unit, classes, ruleOf });
  if (typeof joined === "string") return items;
  const named = joined.map((one) => ({ ...one, recording: unitKey(one, unit), start: 0, end: 0 }));
  return { unit, predictions: named };
}
