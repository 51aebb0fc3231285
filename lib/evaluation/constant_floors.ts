import type { Confusion } from "./confusion_matrix.ts";
import { better, scoreInfo } from "./score_table.ts";
import { type ScoreOptions, scoresOfConfusion, scoreStatistic } from "./score_statistic.ts";

/**
 * What each score would be without any input, computed from the labels themselves: `majority` always names the most frequent
 * class, `all-positive` the class other than the first (healthy) that serves the score best, `prior` guesses by the classes'
 * shares. The shares are those of the judged part, which favours the floor.
 */
export function constantFloors(labels: Int32Array, options: ScoreOptions): Map<string, Record<string, number>> {
  const size = options.classes.length;
  const counts = new Float64Array(size);
  for (const label of labels) counts[label]++;
  const shares = counts.map((count) => count / labels.length);
  const always = (answer: ArrayLike<number>): Confusion => ({
    size,
    counts: Float64Array.from({ length: size * size }, (_, i) => counts[Math.floor(i / size)] * answer[i % size]),
  });
  const constant = (c: number) => scoresOfConfusion(always(shares.map((_, other) => Number(other === c))), options);
  const floors = new Map<string, Record<string, number>>();
  const note = (floor: string, scores: Iterable<[string, number]>) => {
    for (const [score, value] of scores) {
      if (Number.isNaN(value) || !scoreInfo(score).floor) continue;
      const known = floors.get(score) ?? {};
      floors.set(score, { ...known, [floor]: better(score, known[floor], value) });
    }
  };
  note("majority", constant(shares.indexOf(Math.max(...shares))));
  for (let c = 1; c < size; c++) note("all-positive", constant(c));
  note("prior", sameForAll(labels, shares, options));
  note("prior", scoresOfConfusion(always(shares), options));
  return floors;
}

/** Scores of the same probabilities for every item. */
function sameForAll(labels: Int32Array, shares: Float64Array, options: ScoreOptions): [string, number][] {
  const { names, statistic } = scoreStatistic({
    labels,
    predicted: labels.map(() => shares.indexOf(Math.max(...shares))),
    probabilities: Float64Array.from({ length: labels.length * shares.length }, (_, i) => shares[i % shares.length]),
    clusters: labels.map(() => 0),
  }, options);
  const values = statistic(Float64Array.of(1));
  const ofAnswers = scoresOfConfusion({ size: shares.length, counts: new Float64Array(shares.length ** 2) }, options);
  return names.flatMap((name, i): [string, number][] => ofAnswers.has(name) ? [] : [[name, values[i]]]);
}
