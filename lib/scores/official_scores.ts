import { collapseConfusion, type Confusion, totalCount, truthCount } from "./confusion_matrix.ts";
import { confusion } from "./confusion_scores.ts";
import type { Unit } from "./score.ts";
import { defineScore, type JudgedCounts } from "./define_score.ts";

const SENSITIVITY = { meaning: "sensitivity: share of the abnormal that was found", floor: false } as const;
const SPECIFICITY = { meaning: "specificity: share of the normal that was called normal", floor: false } as const;

/** Scores as their organisers define them, for any task whose classes can be collapsed to theirs. */
export const officialScores = [
  healthyAgainstIll("cinc2016", {
    title: "CinC 2016 MAcc",
    // Clifford et al. 2016, where no recording is flagged as noisy and none left unsure.
    meaning: "mean of the challenge's sensitivity and specificity",
    unit: "recording",
    collapsed: twoSides,
  }),
  sprsound("1-1", { meaning: "normal against adventitious events", unit: "item", coarse: true }),
  sprsound("1-2", { meaning: "kinds of events", unit: "item" }),
  sprsound("2-1", { meaning: "kinds of recordings, coarse", unit: "recording", coarse: true, poorQuality: true }),
  sprsound("2-2", { meaning: "kinds of recordings, fine", unit: "recording", poorQuality: true }),
  healthyAgainstIll("icbhi", {
    title: "ICBHI Score",
    meaning: "mean of sensitivity and specificity over four classes",
    unit: "item",
    collapsed: (counts) => counts,
  }),
  healthyAgainstIll("icbhi-2", {
    title: "ICBHI Score, two classes",
    meaning: "mean of sensitivity and specificity",
    unit: "item",
    collapsed: twoSides,
  }),
  defineScore({
    name: "circor-murmur",
    title: "CirCor murmur",
    meaning: "weighted accuracy of the 2022 challenge",
    shown: "asked",
    unit: "subject",
    needs: (classes) => missingClasses(classes, ["Present", "Unknown", "Absent"]),
    from: confusion,
    value: (counts) => weightedAccuracy(inOrder(counts, ["Present", "Unknown", "Absent"]), [5, 3, 1]),
  }),
  defineScore({
    name: "circor-outcome",
    title: "CirCor outcome cost",
    meaning: "cost of the 2022 challenge",
    better: "lower",
    range: [0, Infinity],
    interval: "count",
    shown: "asked",
    unit: "subject",
    needs: (classes) => missingClasses(classes, ["Abnormal", "Normal"]),
    from: confusion,
    parts: { whole: { meaning: "the same, had the part as many abnormal children as the whole published set" } },
    value(counts) {
      const found = inOrder(counts, ["Abnormal", "Normal"]);
      return [circorCost(found), circorCostOfWholeSet(found)];
    },
  }),
];

/** Mean of sensitivity and specificity, by its official names. */
function healthyAgainstIll(
  name: string,
  { collapsed, ...words }: {
    title: string;
    meaning: string;
    unit: Unit;
    collapsed: (counts: JudgedCounts) => Confusion;
  },
) {
  return defineScore({
    name,
    ...words,
    shown: "asked",
    parts: { Se: SENSITIVITY, Sp: SPECIFICITY },
    from: confusion,
    value(counts: JudgedCounts) {
      const { Se, Sp, mean } = sidesOf(collapsed(counts));
      return [mean, Se, Sp];
    },
  });
}

/** All that isn't healthy as one. */
function twoSides(counts: JudgedCounts): Confusion {
  return collapseConfusion(counts, counts.classes.map((_, c) => Math.min(c, 1)));
}

function sprsound(
  task: string,
  { coarse = false, poorQuality = false, ...words }: {
    meaning: string;
    unit: Unit;
    coarse?: boolean; // all kinds of adventitious sounds as one
    poorQuality?: boolean; // recordings of a class Poor Quality, which is outside SE
  },
) {
  const poorOf = (classes: readonly string[]) => classes.findIndex((name) => /poor.?quality/i.test(name));
  return defineScore({
    name: `sprsound-${task}`,
    title: `SPRSound ${task} Score`,
    ...words,
    shown: "asked",
    needs: (classes) =>
      poorQuality === poorOf(classes) > 0
        ? undefined
        : `it needs classes ${poorQuality ? "with" : "without"} Poor Quality after the healthy one`,
    parts: {
      SE: SENSITIVITY,
      SP: SPECIFICITY,
      AS: { meaning: "average of sensitivity and specificity" },
      HS: { meaning: "harmonic mean of sensitivity and specificity" },
    },
    from: confusion,
    value(counts: JudgedCounts) {
      const { classes } = counts, poor = poorOf(classes);
      const groups = classes.map((_, c) => !coarse || c === 0 ? c : c === poor ? 1 : poorQuality ? 2 : 1);
      const { Se, Sp, mean } = sidesOf(collapseConfusion(counts, groups), poorQuality ? groups[poor] : undefined);
      const harmonic = Se + Sp === 0 ? 0 : 2 * Se * Sp / (Se + Sp);
      return [(mean + harmonic) / 2, Se, Sp, mean, harmonic];
    },
  });
}

function missingClasses(classes: readonly string[], names: readonly string[]): string | undefined {
  const own = new Set(classes.map((name) => name.toLowerCase()));
  return own.size === names.length && names.every((name) => own.has(name.toLowerCase()))
    ? undefined
    : `it needs the classes ${names.join(", ")}`;
}

/** The confusion of classes in the order of their names. */
function inOrder(counts: JudgedCounts, names: readonly string[]): Confusion {
  const at = (name: string) => names.findIndex((other) => other.toLowerCase() === name.toLowerCase());
  return collapseConfusion(counts, counts.classes.map(at));
}

/**
 * Sensitivity (rightly classified, exact class, of all that isn't normal), specificity and their mean, of a confusion whose
 * class 0 is normal; NaN where there is no normal or no other example (ICBHI 2017; SPRSound, Zhang et al. 2022).
 *
 * @param outside A class that the sensitivity leaves out.
 */
function sidesOf(confusion: Confusion, outside?: number): { Se: number; Sp: number; mean: number } {
  const { size, counts } = confusion;
  let right = 0, abnormal = 0;
  for (let c = 1; c < size; c++) {
    if (c === outside) continue;
    right += counts[c * size + c];
    abnormal += truthCount(confusion, c);
  }
  const Se = right / abnormal, Sp = counts[0] / truthCount(confusion, 0);
  return { Se, Sp, mean: (Se + Sp) / 2 };
}

/**
 * Accuracy in which an example of class `c` counts `weights[c]` times (PhysioNet challenge 2022: Present 5, Unknown 3,
 * Absent 1; Abnormal 5, Normal 1). NaN without examples.
 */
export function weightedAccuracy(confusion: Confusion, weights: readonly number[]): number {
  const { size, counts } = confusion;
  let right = 0, all = 0;
  for (let c = 0; c < size; c++) {
    right += weights[c] * counts[c * size + c];
    all += weights[c] * truthCount(confusion, c);
  }
  return right / all;
}

/** Children of the published set of 942 whom the cardiologist found abnormal, and normal (Oliveira et al. 2022). */
const WHOLE_SET = [456, 486];

/**
 * {@linkcode circorCost} as sensitivity and specificity would have it on the whole published set: the cost depends on how
 * many are ill, so that those of two parts don't compare. NaN where a class misses.
 */
export function circorCostOfWholeSet(confusion: Confusion): number {
  const counts = confusion.counts.map((count, at) => {
    const truth = Math.floor(at / 2);
    return WHOLE_SET[truth] * count / truthCount(confusion, truth);
  });
  return circorCost({ size: 2, counts });
}

/**
 * Mean cost a patient of screening, expert, treatment and missed disease (PhysioNet challenge 2022), where class 0 is
 * positive. Lower is better; NaN without patients.
 */
export function circorCost(confusion: Confusion): number {
  const n = totalCount(confusion);
  const [tp, fn, fp] = confusion.counts;
  const s = (tp + fp) / n; // share that is sent to the expert
  return 10 + (25 + 397 * s - 1718 * s ** 2 + 11296 * s ** 4) + (10000 * tp + 50000 * fn) / n;
}
