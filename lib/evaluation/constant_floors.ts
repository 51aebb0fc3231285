import type { Confusion, ScoreOptions, Summary } from "../scores/mod.ts";
import { answers, better, confusion, scoreInfo, scoresOfConfusion, scoreStatistic } from "../scores/mod.ts";

/**
 * What each score would be without any input, computed from the labels themselves: `majority` always names the most frequent
 * class, `all-positive` the class other than the first (healthy) that serves the score best, `prior` guesses by the classes'
 * shares. The shares are those of the judged part, which favours the floor.
 */
export function constantFloors(labels: Int32Array, options: ScoreOptions): Map<string, Record<string, number>> {
  const size = options.classes.length, counts = new Float64Array(size);
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
  const most = shares.indexOf(Math.max(...shares));
  const said = (predicted: number, of: (from: Summary<unknown>) => boolean) =>
    sameForAll(labels, { ...options, shares, predicted, of });
  const byAnswers = (from: Summary<unknown>) => from === answers;
  note("majority", [...constant(most), ...said(most, byAnswers)]);
  for (let c = 1; c < size; c++) note("all-positive", [...constant(c), ...said(c, byAnswers)]);
  note("prior", said(most, (from) => from !== confusion));
  note("prior", scoresOfConfusion(always(shares), options));
  return floors;
}

/** Scores of the same answer and the classes' shares for every item, of those that aren't told by counts. */
function sameForAll(
  labels: Int32Array,
  { shares, predicted, of, ...options }: ScoreOptions & {
    shares: Float64Array;
    predicted: number;
    of: (from: Summary<unknown>) => boolean;
  },
): [string, number][] {
  const { names, statistic } = scoreStatistic(
    {
      labels,
      predicted: labels.map(() => predicted),
      probabilities: Float64Array.from({ length: labels.length * shares.length }, (_, i) => shares[i % shares.length]),
      clusters: labels.map(() => 0),
    },
    options,
    (_, from) => of(from),
  );
  const values = statistic(Float64Array.of(1));
  return names.map((name, i) => [name, values[i]]);
}
