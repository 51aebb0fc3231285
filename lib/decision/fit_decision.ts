import { z } from "zod";
import { InputError } from "../errors/mod.ts";
import type { AskedScore, Confusion } from "../scores/mod.ts";
import { anyScore, lowerIsBetter, scoreKey, scoreOfConfusion, truthCount } from "../scores/mod.ts";
import { aggregateWindows, type Aggregation, aggregation } from "./aggregate_windows.ts";
import { bestThreshold, bestWeights, type SearchExamples } from "./best_threshold.ts";
import type { DecisionRule, Isotonic } from "./decision_rule.ts";
import { calibrateProbabilities, decisionRule, fitIsotonic } from "./decision_rule.ts";
import { fitTemperature, soundTemperature } from "./fit_temperature.ts";
import { quantile } from "../statistics/mod.ts";

/**
 * What a decision rule is fitted for.
 *
 * - `argmax`: the most probable class.
 * - `youden`: the largest sensitivity + specificity of healthy against all else.
 * - `{ sensitivity }`: the highest threshold that finds at least this share of all that is not healthy.
 * - `{ score }`: the best value of a score, or of the mean of several.
 * - `{ cost }`: the least expected cost of a false alarm and a miss (Elkan 2001): threshold fp / (fp + fn).
 */
export type DecisionAim =
  | "argmax"
  | "youden"
  | { sensitivity: number }
  | { score: AskedScore | AskedScore[] }
  | { cost: { falsePositive: number; falseNegative: number } };

/** An aim of {@linkcode fitDecision}. */
export const decisionAim: z.ZodType<DecisionAim, DecisionAim> = z.union([
  z.enum(["argmax", "youden"]),
  z.strictObject({ sensitivity: z.number().gt(0).max(1) }),
  z.strictObject({ score: z.union([anyScore, z.array(anyScore).min(1)]) }),
  z.strictObject({
    cost: z.strictObject({ falsePositive: z.number().positive(), falseNegative: z.number().positive() }),
  }),
]);

/** Validation examples that a rule is fitted on: labels and sources of units, probabilities `[parts, classes]`. */
export interface DecisionExamples extends Omit<SearchExamples, "size"> {
  /** Unit of each part; every part is a unit of its own where left out. */
  unitOf?: ArrayLike<number>;
}

const CALIBRATIONS = ["temperature", "isotonic", "none"] as const;
/** What is fitted to joined probabilities: a temperature, a map of that of not being healthy, or nothing. */
export type Calibration = typeof CALIBRATIONS[number];
export const calibration: z.ZodType<Calibration, Calibration> = z.enum(CALIBRATIONS);

/** A rule of aggregation, or how one is found. */
export type AggregationAim = "chosen" | "learned" | Aggregation;
export const aggregationAim: z.ZodType<AggregationAim, AggregationAim> = z.union([
  z.enum(["chosen", "learned"]),
  aggregation,
]);

export interface FitDecisionOptions {
  /** The first is the healthy one. */
  classes: readonly string[];
  aim: DecisionAim;
  /**
   * How parts become a unit: `"learned"` fits the exponent of a power mean, `"chosen"` tries every rule that there is; the
   * one of least log loss is taken. @default {"mean"}
   */
  aggregation?: AggregationAim;
  /** What is fitted to the joined probabilities before the decision. @default {"temperature"} */
  calibration?: Calibration;
  /** Share of the validation units that should be answered; the least sure others are "unsure". @default {1} */
  coverage?: number;
  /**
   * What is reported is the mean over sources: a score or Youden's index is then the mean over those that have it, and of
   * aggregations the one of least loss is taken with each class of each source counted alike, so that nothing is chosen because it
   * tells the sources apart. @default {false}
   */
  overSources?: boolean;
}

/** Exponents that a learned aggregation is chosen from, from mean to nearly the maximum. */
const learned = [1, 1.5, 2, 3, 4, 6, 8, 12, 16, 32].map((exponent): Aggregation => ({ kind: "learned", exponent }));

/** What each aim lets be tried; of rules that do equally well the first is taken. */
const candidates: Record<"learned" | "chosen", readonly Aggregation[]> = {
  learned,
  chosen: ["mean", "max", "noisy-or", "any-positive", ...learned],
};

/**
 * The rule that serves the aim best on validation examples: aggregation, then temperature, then threshold or weights. Where
 * several thresholds do equally well, the middle of the widest stretch of them is taken.
 *
 * @throws {InputError} for no examples, or an aim that needs healthy and other examples and has one kind only.
 */
export function fitDecision(examples: DecisionExamples, options: FitDecisionOptions): DecisionRule {
  const { classes, aim, aggregation = "mean", calibration = "temperature", coverage = 1, overSources } = options;
  const { labels } = examples, sources = overSources ? examples.sources : undefined, size = classes.length;
  if (labels.length === 0) throw new InputError({ expected: "validation examples to fit a rule on", found: "none" });
  const among = aggregation === "learned" || aggregation === "chosen" ? candidates[aggregation] : [aggregation];
  const tried = among.map((rule) => calibrate({ ...examples, sources }, { size, rule, calibration }));
  const { joined, logLoss: _least, ...calibrated } = tried.reduce((best, one) =>
    one.logLoss < best.logLoss - 1e-12 ? one : best
  );
  const probabilities = calibrateProbabilities(joined, { size, ...calibrated });
  const confidence = Float64Array.from(labels, (_, i) => Math.max(...probabilities.subarray(i * size, (i + 1) * size)));
  return decisionRule.parse({
    ...calibrated,
    unsureBelow: coverage < 1 ? quantile(confidence.sort(), 1 - coverage) : 0,
    ...choice({ labels, probabilities, size, sources }, { aim, classes }),
  });
}

function choice(
  examples: SearchExamples,
  { aim, classes }: { aim: DecisionAim; classes: readonly string[] },
): Pick<z.input<typeof decisionRule>, "threshold" | "weights"> {
  if (aim === "argmax") return {};
  if (typeof aim === "object" && "cost" in aim) {
    return { threshold: aim.cost.falsePositive / (aim.cost.falsePositive + aim.cost.falseNegative) };
  }
  if (aim === "youden" || "sensitivity" in aim) {
    const worth = (confusion: Confusion) => {
      const { se, sp } = sides(confusion);
      if (aim === "youden") return se + sp - 1;
      // Any threshold that finds enough is worth its specificity, and none else is worth anything.
      return Number.isNaN(se) ? NaN : se >= aim.sensitivity - 1e-12 ? sp : -1;
    };
    // A sensitivity is of all together: no source may have fewer found than was asked for in the mean.
    const best = bestThreshold(aim === "youden" ? examples : { ...examples, sources: undefined }, worth);
    return { threshold: needed(best, aim === "youden" ? aim : "sensitivity").threshold };
  }
  const names = [aim.score].flat();
  const parts = names.map((name) => ({ sign: lowerIsBetter(name) ? -1 : 1, of: scoreOfConfusion(name, classes) }));
  const worth = (confusion: Confusion) =>
    parts.reduce((sum, { sign, of }) => sum + sign * of(confusion), 0) / parts.length;
  const byThreshold = needed(bestThreshold(examples, worth), names.map(scoreKey).join(", "));
  const byWeights = bestWeights(examples, worth);
  return byWeights.worth > byThreshold.worth + 1e-12
    ? { weights: byWeights.weights }
    : { threshold: byThreshold.threshold };
}

function needed<T extends { worth: number }>(best: T, aim: string): T {
  if (Number.isFinite(best.worth)) return best;
  throw new InputError({
    expected: "validation examples that the score exists for",
    found: "a class that misses",
    where: `the decision rule for ${aim}`,
    remedy: "use the aim argmax, or a larger validation part",
  });
}

/** Sensitivity and specificity of all that is not the first class. */
function sides(confusion: Confusion): { se: number; sp: number } {
  const { size, counts } = confusion;
  let missed = 0, sick = 0;
  for (let t = 1; t < size; t++) {
    missed += counts[t * size];
    sick += truthCount(confusion, t);
  }
  return { se: 1 - missed / sick, sp: counts[0] / truthCount(confusion, 0) };
}

/** Parts joined to units, and what makes their probabilities true. */
interface Calibrated {
  aggregation: Aggregation;
  joined: Float64Array;
  temperature: number;
  isotonic?: Isotonic;
  logLoss: number;
}

function calibrate(
  { labels, probabilities, unitOf, sources }: DecisionExamples,
  { size, rule, calibration }: { size: number; rule: Aggregation; calibration: FitDecisionOptions["calibration"] },
): Calibrated {
  const items = labels.length;
  const joined = unitOf ? aggregateWindows(probabilities, unitOf, { size, rule, items }) : probabilities;
  const logs = joined.map((p) => Math.log(Math.max(p, Number.MIN_VALUE)));
  const fitted = fitTemperature(logs, labels, { size });
  const temperature = calibration === "temperature" ? soundTemperature(fitted) : 1;
  const isotonic = calibration === "isotonic" ? fitSick(joined, labels, size) : undefined;
  const logLoss = sources
    ? balancedLoss(calibrateProbabilities(joined, { size, temperature, isotonic }), { labels, sources, size })
    : fitted.logLoss;
  return { aggregation: rule, joined, temperature, isotonic, logLoss };
}

/** Isotonic regression of the probability of not being healthy, kept as far from 0 and 1 as `n` examples can show. */
function fitSick(joined: Float64Array, labels: ArrayLike<number>, size: number): Isotonic {
  const n = labels.length;
  const sick = Float64Array.from(labels, (_, i) => 1 - joined[i * size]);
  const { x, y } = fitIsotonic(sick, Array.from(labels, (label) => Number(label > 0)));
  return { x, y: y.map((p) => Math.min((n + 1) / (n + 2), Math.max(1 / (n + 2), p))) };
}

/** Mean over the classes of all sources of the mean negative log-likelihood in each. */
function balancedLoss(
  probabilities: Float64Array,
  { labels, sources, size }: { labels: ArrayLike<number>; sources: readonly string[]; size: number },
): number {
  const lossOf = (i: number) => -Math.log(Math.max(probabilities[i * size + labels[i]], Number.MIN_VALUE));
  const kinds = Map.groupBy(sources.keys(), (i) => `${labels[i]}/${sources[i]}`);
  return mean([...kinds.values()].map((units) => mean(units.map(lossOf))));
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
