import type { LayersModel } from "@tensorflow/tfjs";
import { aggregateWindows, applyDecision, type Prediction } from "../evaluation/mod.ts";
import type { HistoryRow } from "../runs/mod.ts";
import type { Fold } from "../splits/mod.ts";
import { type FeatureStatistics, predictLogits, softmax } from "../training/mod.ts";
import { fitFold, type FitFoldOptions } from "./fit_fold.ts";
import { likeliest } from "./score_monitor.ts";

/** A network that was trained on one fold, and what it says of the rows that it never saw. */
export interface TrainedFold {
  model: LayersModel;
  statistics: FeatureStatistics;
  history: HistoryRow[];
  /** Of the validation and the test part; `predicted` is the likeliest class, no decision rule applied. */
  predictions: Prediction[];
}

/**
 * Trains one network on a fold. Only when all is chosen on the validation part does it see the test part.
 *
 * @returns nothing where it was aborted; the same call goes on from its checkpoint.
 * @throws {LeakError} where a subject stands on two sides.
 */
export async function trainFold(fold: Fold, options: FitFoldOptions): Promise<TrainedFold | undefined> {
  const { model, session, rows, result } = await fitFold(fold, options);
  try {
    if (result.status === "stopped") return undefined;
    const predict = (part: string, indices: Int32Array) =>
      predictItems(part, fold, { ...options, session, statistics: result.statistics, indices });
    const judged = [await predict("validation", rows.rows("validation"))];
    rows.judge();
    judged.push(await predict("test", rows.rows("test")));
    if (judged.includes(undefined)) return undefined;
    await session.writeTo(model);
    const history = result.history.map((row) => ({ fold: fold.fold, seed: fold.seed, ...row }));
    return { model, statistics: result.statistics, history, predictions: judged.flatMap((part) => part!) };
  } finally {
    await session.dispose();
  }
}

/** What is needed to judge rows. */
type PredictItemsOptions = Pick<FitFoldOptions, "manifest" | "windows" | "signal"> & {
  session: Parameters<typeof predictLogits>[0];
  statistics: FeatureStatistics;
  indices: Int32Array;
};

/** One prediction a manifest row: the mean over its windows. Rows without a window have none. */
export async function predictItems(
  part: string,
  { fold, seed }: Pick<Fold, "fold" | "seed">,
  { manifest, windows, session, statistics, indices, signal }: PredictItemsOptions,
): Promise<Prediction[] | undefined> {
  const size = manifest.classes.length;
  const own = windows.of(indices);
  const logits = await predictLogits(session, { source: windows, indices: own, statistics, signal });
  if (logits === undefined) return undefined;
  const judged = Array.from(new Set(own.map((window) => windows.rows[window])));
  const place = new Map(judged.map((row, i) => [row, i]));
  const windowToItem = own.map((window) => place.get(windows.rows[window])!);
  const probabilities = Float64Array.from(softmax(logits, size));
  const joined = aggregateWindows(probabilities, windowToItem, { size, rule: "mean" });
  const { predicted } = applyDecision(likeliest, joined, { size });
  return judged.map((row, i) => {
    const { recording, subject, source, start, end, label } = manifest.rows[row];
    return {
      fold,
      seed,
      part,
      recording,
      subject,
      source,
      start,
      end,
      label,
      predicted: manifest.classes[predicted[i]],
      probabilities: Array.from(joined.subarray(i * size, (i + 1) * size)),
    };
  });
}
