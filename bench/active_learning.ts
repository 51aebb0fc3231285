import type { ManifestRow } from "../lib/datasets/mod.ts";
import { linearModel, type RowFeatures } from "../lib/floors/mod.ts";
import { studentQuantile } from "../lib/statistics/mod.ts";
import { listeningTable, makeQueue } from "../lib/listening/mod.ts";
import { randomStream } from "../lib/random/mod.ts";
import { planFolds, subjectKey } from "../lib/splits/mod.ts";
import { balancedAccuracy, type ListeningSet } from "./listening_sets.ts";

/** Queues that choose among sounds without a label. */
export const queues = ["random", "least-sure", "entropy", "disagreement", "most-different"] as const;
/** Subjects whose sounds have labels, as shares of those that could have. */
export const LABELLED = [0.1, 0.2, 0.3, 0.5];
const SEEDS = [0, 1, 2, 3, 4];
/** Models that disagree, each learned from the labelled subjects drawn with replacement. */
const COMMITTEE = 3;

/** How a queue does against a random one. */
export interface LearningCurve {
  set: string;
  queue: typeof queues[number];
  /** Balanced accuracy on subjects that no queue chooses from, at each of {@linkcode LABELLED}. */
  scores: number[];
  /** Mean over the shares of what it is ahead of random, with Student's interval over the seeds. */
  ahead: { value: number; low: number; high: number };
}

/** Labels subject by subject as a queue says, and looks what a linear model has learned. */
export function activeLearning(
  sets: readonly ListeningSet[],
  { onProgress }: { onProgress: (line: string) => void },
): LearningCurve[] {
  return sets.flatMap((set) => {
    const curves = queues.map((queue) => {
      const bySeed = SEEDS.map((seed) => simulate(set, { queue, seed }));
      onProgress(`active learning: ${set.name}, ${queue}`);
      return { queue, bySeed };
    });
    return curves.map(({ queue, bySeed }) => {
      const gains = bySeed.map((scores, s) => mean(scores.map((score, k) => score - curves[0].bySeed[s][k])));
      const value = mean(gains);
      const spread = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - value) ** 2, 0) / (gains.length - 1));
      const half = studentQuantile(0.95, gains.length - 1) * spread / Math.sqrt(gains.length);
      return {
        ...{ set: set.name, queue, scores: LABELLED.map((_, k) => mean(bySeed.map((scores) => scores[k]))) },
        ahead: { value, low: value - half, high: value + half },
      };
    });
  });
}

function simulate(set: ListeningSet, { queue, seed }: { queue: typeof queues[number]; seed: number }): number[] {
  const { rows, classes, features } = set;
  const [{ train, validation, test }] = planFolds(rows, { kind: "grouped-folds", folds: 4 }, { seed });
  const pool = [...train, ...validation], bySubject = Map.groupBy(pool, (row) => subjectKey(rows[row]));
  const subjects = firstOfEachClass(randomStream(seed, "subjects").shuffle(bySubject.keys()), { bySubject, rows });
  const labelled = new Set(subjects.slice(0, Math.ceil(LABELLED[0] * subjects.length)));
  const random = randomStream(seed, "committee");
  const answers = (of: readonly string[], to: Int32Array) => {
    const learned = Int32Array.from(of.flatMap((subject) => bySubject.get(subject)!));
    const flat = linearModel(features, {
      ...{ rows, classes },
      fold: { fold: 0, seed, train: learned, validation: test, test, shared: [] },
    })(to);
    return Array.from(to, (_, i) => [...flat.subarray(i * classes.length, (i + 1) * classes.length)]);
  };
  const truth = Array.from(test, (row) => rows[row].label);
  return LABELLED.map((share) => {
    const wanted = Math.ceil(share * subjects.length);
    if (labelled.size < wanted) {
      const known = [...labelled];
      const committees = queue === "disagreement"
        ? Array.from({ length: COMMITTEE }, () => known.map(() => random.choice(known)))
        : [known];
      const said = committees.map((members) => answers(members, Int32Array.from(pool)));
      const table = listeningTable({
        classes,
        // The other queues need no features, and would look for similar sounds of all.
        features: queue === "most-different" ? pickRows(features, pool) : undefined,
        rows: pool.map((row) => ({ ...rows[row], label: "" })),
        predictions: pool.flatMap((row, i) =>
          said.map((one) => ({ ...rows[row], fold: 0, part: "test", seed, predicted: "", probabilities: one[i] }))
        ),
      });
      const heard = new Set(table.items.filter((item) => labelled.has(subjectKey(item))).map(({ item }) => item));
      const order = queue === "random"
        ? subjects
        : makeQueue(queue, table, { n: queue === "most-different" ? 4 * wanted : pool.length, seed, heard }).map(
          subjectKey,
        );
      for (const subject of [...order, ...subjects]) {
        if (labelled.size < wanted) labelled.add(subject);
      }
    }
    return balancedAccuracy(answers([...labelled], test), truth, classes);
  });
}

function pickRows({ values, width }: RowFeatures, rows: readonly number[]): RowFeatures {
  return { width, values: rows.flatMap((row) => Array.from({ length: width }, (_, f) => values[row * width + f])) };
}

/** The subjects with one of each class in front: a model of one class can't be asked. */
function firstOfEachClass(
  subjects: readonly string[],
  { bySubject, rows }: { bySubject: ReadonlyMap<string, number[]>; rows: readonly ManifestRow[] },
): string[] {
  const first = [...new Set(rows.map(({ label }) => label))].map((label) =>
    subjects.find((subject) => bySubject.get(subject)!.some((row) => rows[row].label === label))!
  );
  return [...new Set([...first, ...subjects])];
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
