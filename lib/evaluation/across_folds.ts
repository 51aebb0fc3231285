import { judgedItems, subjectIndex } from "./judged_items.ts";
import type { Prediction } from "./prediction.ts";
import { type ResampledT, resampledT } from "./resampled_t.ts";
import { scoreStatistic } from "./score_statistic.ts";

/** Fewest folds and seeds that the spread of a training is told from. */
export const fewestFolds = 3;

/** What makes an item the same in two runs. */
export function itemKey({ part, recording, start, end, label }: Prediction): string {
  return [part, recording, start, end, label].join("\n");
}

/** The corrected resampled t-test of every score, over the folds and seeds in which both runs judged the same items. */
export function acrossFolds(
  runs: readonly Prediction[][],
  { classes, official }: { classes: readonly string[]; official: readonly string[] },
): Record<string, ResampledT> {
  const byFold = runs.map((run) => Map.groupBy(run, ({ fold, seed }) => `${seed}/${fold}`));
  const both = [...byFold[0].keys()].filter((key) =>
    byFold[1].has(key) && sameItems(byFold[0].get(key)!, byFold[1].get(key)!)
  );
  if (both.length < fewestFolds) return {};
  const scored = both.map((key) =>
    byFold.map((folds) => {
      const predictions = folds.get(key)!;
      const subjects = subjectIndex(predictions);
      const { names, statistic } = scoreStatistic(judgedItems(predictions, { classes, subjects }), {
        classes,
        official,
      });
      return { names, values: statistic(new Float64Array(subjects.size).fill(1)) };
    })
  );
  const tested = runs[0].length / byFold[0].size, all = new Set(runs[0].map(itemKey)).size;
  const ratio = all > tested ? tested / (all - tested) : 0;
  return Object.fromEntries(scored[0][0].names.flatMap((name, i) => {
    const differences = scored.map(([a, b]) => a.values[i] - b.values[i]);
    return differences.some(Number.isNaN) || ratio === 0 ? [] : [[name, resampledT(differences, { ratio })]];
  }));
}

function sameItems(a: readonly Prediction[], b: readonly Prediction[]): boolean {
  const keys = new Set(a.map(itemKey));
  return a.length === b.length && b.every((one) => keys.has(itemKey(one)));
}
