import { type RandomStream, randomStream } from "../random/mod.ts";
import { subjectKey } from "../splits/fold.ts";
import { bestThreshold } from "./best_threshold.ts";
import { quantile } from "../statistics/mod.ts";
import { confusionMatrix, type Prediction, scoreOfConfusion } from "../scores/mod.ts";

/** A score over repeated draws: its mean, and where 95 % of the draws lie; `null` where no draw could be judged. */
export type DrawnScore = Record<"value" | "low" | "high", number | null>;

/** Mean of sensitivity and specificity (all but the first class together) in a new place, by where the threshold comes from. */
export interface PlaceThresholds {
  /** From where the networks were trained. */
  carried: number | null;
  /** From {@linkcode UNLABELLED} units of this place: as many of them are called sick as were where it was fitted. */
  unlabelled: DrawnScore;
  /** Best on {@linkcode LABELLED} units of this place; the carried one where these are all of one kind. */
  labelled: DrawnScore;
  /** Best on the units of half the subjects: what a threshold can do at all, judged on the other half. */
  half: DrawnScore;
}

/** The score that says whether a place is ranked well, and the one that says whether its threshold is right. */
export const placeScores = { ranking: "rocAuc", threshold: "balancedAccuracy" } as const;

/** Units of a new place that give a threshold without labels, and with. */
export const UNLABELLED = 20, LABELLED = 10;

const DRAWS = 200; // how often units are drawn

interface Unit {
  subject: string;
  sick: number; // probability of all classes but the first
  label: number;
  called: number;
}

/**
 * What was said of a new place at the threshold that came along, and at thresholds from a few units of that place, drawn
 * again and again, of one subject each; whose subjects were drawn isn't judged.
 *
 * @param options `classes`: the first is the healthy one; `usual`: share that the carried rule calls sick where it was fitted.
 */
export function placeThresholds(
  units: readonly Prediction[],
  { classes: [healthy], usual, seed }: { classes: readonly string[]; usual: number; seed: number },
): PlaceThresholds {
  const all = units.map((one): Unit => ({
    subject: subjectKey(one),
    sick: 1 - one.probabilities[0],
    label: Number(one.label !== healthy),
    called: Number(one.predicted !== healthy),
  }));
  const bySubject = Map.groupBy(all, ({ subject }) => subject);
  const names = [...bySubject.keys()].sort();
  const drawn = (name: string, pick: (order: string[], stream: RandomStream) => Unit[], fit: Fit): DrawnScore => {
    const stream = randomStream(seed, `thresholds/${name}`);
    const values = Array.from({ length: DRAWS }, () => {
      const some = pick(stream.shuffle(names), stream);
      const known = new Set(some.map(({ subject }) => subject));
      const rest = all.filter(({ subject }) => !known.has(subject));
      const threshold = fit(some);
      return meanAccuracy(rest, threshold === null ? undefined : ({ sick }) => Number(sick >= threshold));
    }).filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
    if (values.length === 0) return { value: null, low: null, high: null };
    const value = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { value, low: quantile(values, 0.025), high: quantile(values, 0.975) };
  };
  const oneEach = (count: number) => (order: string[], stream: RandomStream) =>
    order.slice(0, count).map((name) => stream.choice(bySubject.get(name)!));
  const oneHalf = (order: string[]) => order.slice(0, order.length >> 1).flatMap((name) => bySubject.get(name)!);
  // Reached by as large a share of the units as usual.
  const usualThreshold: Fit = (some) => quantile(some.map(({ sick }) => sick).sort((a, b) => a - b), 1 - usual);
  const carried = meanAccuracy(all);
  return {
    carried: Number.isNaN(carried) ? null : carried,
    unlabelled: drawn("unlabelled", oneEach(UNLABELLED), usualThreshold),
    labelled: drawn("labelled", oneEach(LABELLED), labelledThreshold),
    half: drawn("half", oneHalf, labelledThreshold),
  };
}

/** A threshold from a few units; `null` where they tell none. */
type Fit = (some: readonly Unit[]) => number | null;

const SIZE = { size: 2 } as const;
const balanced = scoreOfConfusion(placeScores.threshold, ["healthy", "sick"]);

function labelledThreshold(some: readonly Unit[]): number | null {
  const { threshold, worth } = bestThreshold({
    ...SIZE,
    labels: some.map(({ label }) => label),
    probabilities: Float64Array.from(some.flatMap(({ sick }) => [1 - sick, sick])),
  }, balanced);
  return Number.isFinite(worth) ? threshold : null;
}

/** NaN where a class is missing. */
function meanAccuracy(units: readonly Unit[], calledOf: (unit: Unit) => number = ({ called }) => called): number {
  const labels = units.map(({ label }) => label);
  if (new Set(labels).size < 2) return NaN;
  return balanced(confusionMatrix(labels, units.map(calledOf), SIZE));
}
