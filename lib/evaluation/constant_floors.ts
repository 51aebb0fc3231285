import type { Confusion } from "./confusion_matrix.ts";
import { confusionScores } from "./score_statistic.ts";
import { officialScores } from "./official_scores.ts";

/** Names of scores that get worse as they grow. */
export function lowerIsBetter(score: string): boolean {
  return ["logLoss", "brier", "ece", "mce"].includes(score) || officialScores[score]?.lowerIsBetter === true;
}

/**
 * Whether a score can be read against a floor. One side alone (recall, precision, specificity) can't: naming one class
 * always makes it perfect. Calibration can't either: the classes' shares are calibrated.
 */
export function hasFloor(score: string): boolean {
  return !/^(recall|precision|specificity)\/|^sensitivity$|^specificity$|\/(SE|SP|Se|Sp)$|^ece$/.test(score);
}

/**
 * What each score would be without any input, computed from the labels themselves: `majority` always names the most frequent
 * class, `all-positive` the class other than the first (healthy) that serves the score best, `prior` guesses by the classes'
 * shares. The shares are those of the judged part, which favours the floor.
 */
export function constantFloors(
  labels: ArrayLike<number>,
  options: { classes: readonly string[]; official: readonly string[] },
): Map<string, Record<string, number>> {
  const size = options.classes.length;
  const counts = new Float64Array(size);
  for (let i = 0; i < labels.length; i++) counts[labels[i]]++;
  const shares = counts.map((count) => count / labels.length);
  const always = (answer: ArrayLike<number>): Confusion => ({
    size,
    counts: Float64Array.from({ length: size * size }, (_, i) => counts[Math.floor(i / size)] * answer[i % size]),
  });
  const constant = (c: number) => confusionScores(always(shares.map((_, other) => Number(other === c))), options);
  const floors = new Map<string, Record<string, number>>();
  const note = (floor: string, scores: Iterable<[string, number]>) => {
    for (const [score, value] of scores) {
      if (Number.isNaN(value) || !hasFloor(score)) continue;
      const known = floors.get(score) ?? {};
      floors.set(score, { ...known, [floor]: better(score, known[floor], value) });
    }
  };
  note("majority", constant(shares.indexOf(Math.max(...shares))));
  for (let c = 1; c < size; c++) note("all-positive", constant(c));
  note("prior", confusionScores(always(shares), options));
  note("prior", priorScores(shares, options.classes));
  return floors;
}

/** The better of two values of a score. */
export function better(score: string, a: number | undefined, b: number): number {
  if (a === undefined) return b;
  return lowerIsBetter(score) ? Math.min(a, b) : Math.max(a, b);
}

/** Scores of probabilities that are the classes' shares for every item. */
function priorScores(shares: Float64Array, classes: readonly string[]): [string, number][] {
  const entropy = shares.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0);
  const spread = shares.reduce((sum, p) => sum + p * (1 - p), 0);
  const perClass = classes.length === 2
    ? []
    : classes.flatMap((name, c): [string, number][] =>
      shares[c] === 0 ? [] : [[`rocAuc/${name}`, 0.5], [`averagePrecision/${name}`, shares[c]]]
    );
  const all = shares.every((share) => share > 0);
  const averages: [string, number][] = classes.length === 2
    ? [["rocAuc", 0.5], ["averagePrecision", shares[1]]]
    : [["rocAuc", 0.5], ["rocAucOvo", 0.5], ["averagePrecision", 1 / classes.length]];
  const [first, second] = shares.toSorted().reverse();
  const several: [string, number][] = classes.length === 2
    ? []
    : [["rocAucWeighted", 0.5], ["rocAucOvoWeighted", 0.5], ["top2Accuracy", first + second]];
  return [
    ...(all ? averages : []),
    ...several,
    ...perClass,
    ["logLoss", entropy],
    ["brier", classes.length === 2 ? spread / 2 : spread],
  ];
}
