import { evaluatePredictions } from "../lib/evaluation/mod.ts";
import { type Prediction } from "../lib/scores/mod.ts";
import { randomStream } from "../lib/random/mod.ts";
import type { BenchRow } from "./bench_row.ts";
import { speedOf } from "./speed.ts";

const PREDICTIONS = 10_000;
const SUBJECTS = 250;
const FOLDS = 5;

/** Tasks as the experiments have them: seven classes of events, two of recordings. */
const TASKS = [
  {
    classes: ["Normal", "Rhonchi", "Wheeze", "Stridor", "Coarse Crackle", "Fine Crackle", "Wheeze+Crackle"],
    scores: ["sprsound-1-1", "sprsound-1-2"],
  },
  { classes: ["normal", "abnormal"], scores: ["cinc2016"] },
];

/** How intervals are made, the default first. */
const INTERVALS = { wilson: "each subject left out once", percentile: "2,000 resamples" } as const;

/**
 * What it costs to have an interval beside every score: the scores of all folds together and of each fold, over subjects.
 */
export async function evaluationBench({ seconds = 2 }: { seconds?: number }): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const { classes, scores } of TASKS) {
    const predictions = answers(classes);
    for (const interval of ["wilson", "percentile"] as const) {
      const judge = () => evaluatePredictions(predictions, { classes, scores, seed: 0, interval });
      const names = Object.keys(judge().pooled.item!).length;
      const { perSecond, perCpuSecond } = await speedOf(1, seconds, () => Promise.resolve(judge()));
      const setting =
        `${PREDICTIONS} predictions of ${SUBJECTS} subjects, ${classes.length} classes, ${names} scores, ` +
        `pooled and by ${FOLDS} folds, ${interval}: ${INTERVALS[interval]}`;
      for (const [ours, unit] of [[1 / perSecond, "s"], [1 / perCpuSecond, "CPU s"]] as const) {
        const alone = { peer: null, theirs: null, ratio: null };
        rows.push({ bench: "evaluation", model: "scores with intervals", setting, threads: 1, ours, unit, ...alone });
      }
    }
  }
  return rows;
}

/** Random answers of a network that is right more often than not. */
function answers(classes: readonly string[]): Prediction[] {
  const stream = randomStream(0, "bench/evaluation");
  return Array.from({ length: PREDICTIONS }, (_, i) => {
    const truth = stream.integer(classes.length);
    const weights = classes.map((_, c) => Math.exp(stream.normal() + Number(c === truth)));
    const sum = weights.reduce((a, b) => a + b, 0), subject = i % SUBJECTS;
    return {
      ...{ fold: subject % FOLDS, seed: 0, part: "test", recording: `${i}.wav`, subject: `${subject}`, source: "" },
      ...{ start: 0, end: 1, label: classes[truth], predicted: classes[weights.indexOf(Math.max(...weights))] },
      probabilities: weights.map((weight) => weight / sum),
    };
  });
}
