import { randomStream } from "../random/mod.ts";
import { type AskedScore, type JudgedItems, type Prediction, scoreKey } from "../scores/mod.ts";
import { judgedItems, splitReplicates, subjectIndex } from "./judged_items.ts";
import type { SecondSide, SimulatedStudy } from "./simulate_studies.ts";
import { simulateStudies, worseAnswers, worseProbabilities } from "./simulate_studies.ts";
import { Ranking } from "../statistics/mod.ts";

/** What {@linkcode studySize} is asked. */
export interface StudySizeOptions {
  classes: readonly string[];
  score: AskedScore;
  /** Width of the 95 % interval that is wanted. */
  width: number;
  /** Difference that is to be seen; of the run that {@linkcode StudySizeOptions.against} holds, its own. */
  difference: number;
  /** Share of the items on which two models disagree. @default {what the run gets wrong} */
  discordance?: number;
  /** Another run's answers for the same items, to be told from. */
  against?: readonly Prediction[];
  /** Of each size. @default {200} */
  studies?: number;
  seed: number;
  onProgress?: (subjects: number) => void;
}

/** Imagined studies of one size. */
export interface StudySizePoint {
  subjects: number;
  /** Median width of the interval, and that of the middle 80 % of the studies; `null` where most have none. */
  width: number | null;
  low: number | null;
  high: number | null;
  /** Share of the studies that see the difference (p below 0.05). */
  power: number;
}

/** How many subjects a study needs. */
export interface StudySize {
  /** As many subjects as the run has. */
  present: StudySizePoint;
  /** The smallest difference that 80 % of studies as large as this would see; `null` where another run is told from. */
  detectable: number | null;
  curve: StudySizePoint[];
  /** Fewest subjects for the width, and for a power of 80 %; `null` where even the largest imagined study has too few. */
  subjectsForWidth: number | null;
  subjectsForPower: number | null;
}

const SIZES = [0.5, 1, 2, 4, 8, 16]; // sizes beside the run's own, as multiples of it
/** The score that studies are drawn for by what answers rank, not by what they decide. */
export const rankedScore = "rocAuc";
const POWER = 0.8;
const SEEN = 0.05;

/**
 * How many subjects until an interval is as narrow as wanted, and until a difference would be seen, by studies that are drawn
 * from a run's own out-of-fold answers. Sizes go up to 16 times the run's, or until both are reached.
 */
export function studySize(predictions: readonly Prediction[], options: StudySizeOptions): StudySize {
  const { classes, score, width, difference, against, studies = 200, seed, onProgress } = options;
  const subjects = subjectIndex([...predictions, ...against ?? []]);
  const itemsOf = (said: readonly Prediction[]) =>
    splitReplicates(said).map((own) => judgedItems(own.predictions, { classes, subjects }));
  const own = itemsOf(predictions), other = against && itemsOf(against);
  const right = rightShares(own[0], classes.length);
  const auc = scoreKey(score) === rankedScore ? rocAucOf(own[0], classes) : undefined;
  const wrong = own[0].labels.filter((label, i) => own[0].predicted[i] !== label).length / own[0].labels.length;
  const simulate = (size: number, apart: number): SimulatedStudy[] => {
    const stream = randomStream(seed, `studies/${size}`), flips = randomStream(seed, `worse/${size}`);
    const { discordance } = options, model = { difference: apart, stream: flips };
    const worse: SecondSide = (study) =>
      auc === undefined
        ? worseAnswers(study, { ...model, right, discordance })
        : worseProbabilities(study, { ...model, auc, discordance: discordance ?? wrong });
    return simulateStudies(own, { classes, score, subjects: size, studies, stream }, other ?? worse);
  };
  const point = (size: number): StudySizePoint => {
    onProgress?.(size);
    const found = simulate(size, difference);
    const widths = found.flatMap((study) => study.width ?? []).toSorted((a, b) => a - b);
    const at = (share: number) => widths.length < studies / 2 ? null : widths[Math.floor(share * (widths.length - 1))];
    return { subjects: size, width: at(0.5), low: at(0.1), high: at(0.9), power: seenBy(found) };
  };
  const curve: StudySizePoint[] = [];
  for (const times of SIZES) {
    curve.push(point(Math.max(5, Math.round(times * subjects.size))));
    const { width: last, power } = curve.at(-1)!;
    if (times >= 1 && last !== null && last <= width && power >= POWER) break;
  }
  const present = curve[1];
  // No model can be worse by more than the first one is right.
  const mostWorse = auc === undefined ? Math.min(...right.filter((share) => share > 0)) / 2 : auc - 0.5;
  return {
    ...{ present, curve },
    detectable: other ? null : detectable(mostWorse, (apart) => seenBy(simulate(subjects.size, apart))),
    subjectsForWidth: firstSize(curve, (one) => one.width === null ? -Infinity : -one.width, -width),
    subjectsForPower: firstSize(curve, (one) => one.power, POWER),
  };
}

function seenBy(found: readonly SimulatedStudy[]): number {
  return found.filter(({ p }) => p !== null && p < SEEN).length / found.length;
}

/** Share of each class that is right. */
function rightShares({ labels, predicted }: JudgedItems, size: number): number[] {
  return Array.from({ length: size }, (_, c) => {
    const own = [...labels.keys()].filter((i) => labels[i] === c);
    return own.filter((i) => predicted[i] === c).length / Math.max(1, own.length);
  });
}

/** Area under the ROC curve, as the mean over the classes that occur against all others. */
function rocAucOf({ labels, probabilities }: JudgedItems, classes: readonly string[]): number {
  const clusters = labels.map(() => 0);
  const scores = new Ranking({ labels, probabilities, size: classes.length, clusters }).scores(Float64Array.of(1));
  const found = scores.map(({ auc }) => auc).filter((auc) => !Number.isNaN(auc));
  return found.reduce((sum, auc) => sum + auc, 0) / found.length;
}

/** By halving, to half a point. */
function detectable(most: number, powerOf: (difference: number) => number): number | null {
  let low = 0, high = most;
  if (powerOf(high) < POWER) return null;
  while (high - low > 0.005) {
    const middle = (low + high) / 2;
    if (powerOf(middle) >= POWER) high = middle;
    else low = middle;
  }
  return high;
}

/** Where a rising curve first reaches a value, between two sizes by their logarithms. */
function firstSize(
  curve: readonly StudySizePoint[],
  of: (point: StudySizePoint) => number,
  wanted: number,
): number | null {
  const at = curve.findIndex((point) => of(point) >= wanted);
  if (at < 0) return null;
  const [before, point] = [curve[at - 1], curve[at]];
  if (before === undefined || !Number.isFinite(of(before))) return point.subjects;
  const share = (wanted - of(before)) / (of(point) - of(before));
  return Math.ceil(before.subjects * (point.subjects / before.subjects) ** share);
}
