import type { LayersModel } from "@tensorflow/tfjs";
import { applyDecision, fitTemperature, soundTemperature } from "../../decision/mod.ts";
import type { MetadataColumn } from "../../metadata/mod.ts";
import { predictedRow } from "../../evaluation/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import type { Fold } from "../../splits/mod.ts";
import { type FeatureStatistics, type FitResult, predictLogits, softmax } from "../../training/mod.ts";
import { metadataWindows } from "../prepare/labelled_windows.ts";
import { fitFold, type FitFoldOptions, likeliest } from "./fit_fold.ts";

/** A network that was trained on one fold, and what it says of the rows that it never saw. */
export interface TrainedFold {
  model: LayersModel;
  statistics: FeatureStatistics;
  metadata?: MetadataColumn[];
  history: FitResult["history"];
  /** What calibrates the network's windows on the validation part. */
  temperature: number;
  /** Of each window of the validation and the test part, at that temperature: no decision rule has joined them. */
  predictions: Prediction[];
}

/**
 * Trains one network on a fold. Only when all is chosen on the validation part does it see the test part.
 *
 * @param options `judged`: other windows that it is asked of than those that it learns from and its epoch is chosen by.
 *
 * @returns nothing where it was aborted; the same call goes on from its checkpoint.
 * @throws {LeakError} where a subject stands on two sides.
 */
export async function trainFold(
  fold: Fold,
  options: FitFoldOptions & { judged?: FitFoldOptions["windows"] },
): Promise<TrainedFold | undefined> {
  await using opened = new AsyncDisposableStack();
  const fitted = opened.adopt(await fitFold(fold, options), ({ session }) => session.dispose());
  const { model, session, rows, result, windows, metadata } = fitted;
  if (result.status === "stopped") return undefined;
  const { statistics, history } = result;
  const temperature = await calibrate(rows.rows("validation"), { ...options, windows, session, statistics });
  if (temperature === undefined) return undefined;
  const judgedWindows = options.judged ? metadataWindows(options.judged, options.manifest.rows, metadata) : windows;
  const calibrated: PredictWindowsOptions["session"] = {
    predict: async (...batch) => (await session.predict(...batch)).map((logit) => logit / temperature),
  };
  const predict = (part: string, indices: Int32Array) =>
    predictWindows(part, fold, { ...options, windows: judgedWindows, session: calibrated, statistics, indices });
  const judged = [await predict("validation", rows.rows("validation"))];
  rows.judge();
  judged.push(await predict("test", rows.rows("test")));
  if (judged.includes(undefined)) return undefined;
  await session.writeTo(model);
  return { model, statistics, metadata, history, temperature, predictions: judged.flatMap((part) => part!) };
}

/** The temperature that makes the windows of the validation rows most likely; 1 where none is best (Guo et al. 2017). */
async function calibrate(
  validation: Int32Array,
  { windows, session, statistics, signal }: Omit<PredictWindowsOptions, "indices">,
): Promise<number | undefined> {
  const indices = windows.of(validation);
  const logits = await predictLogits(session, { source: windows, indices, statistics, signal });
  if (logits === undefined) return undefined;
  return soundTemperature(fitTemperature(
    Float64Array.from(logits),
    indices.map((window) => windows.labels[window]),
    { size: windows.classes },
  ));
}

/** What is needed to judge rows. */
type PredictWindowsOptions = Pick<FitFoldOptions, "manifest" | "windows" | "signal"> & {
  session: Parameters<typeof predictLogits>[0];
  statistics: FeatureStatistics;
  indices: Int32Array;
};

/** One prediction a window, those of a manifest row in their order. Rows without a window have none. */
export async function predictWindows(
  part: string,
  { fold, seed }: Pick<Fold, "fold" | "seed">,
  { manifest, windows, session, statistics, indices, signal }: PredictWindowsOptions,
): Promise<Prediction[] | undefined> {
  const size = manifest.classes.length;
  const own = windows.of(indices);
  const logits = await predictLogits(session, { source: windows, indices: own, statistics, signal });
  if (logits === undefined) return undefined;
  const probabilities = Float64Array.from(softmax(logits, size));
  const { predicted } = applyDecision(likeliest, probabilities, { size });
  const begins: number[] = []; // number of the first window of each row
  return Array.from(own, (window, i) => {
    const row = windows.rows[window];
    begins[row] ??= i;
    return {
      ...{ fold, seed, part, ...predictedRow(manifest.rows[row]) },
      window: i - begins[row],
      predicted: manifest.classes[predicted[i]],
      probabilities: Array.from(probabilities.subarray(i * size, (i + 1) * size)),
    };
  });
}
