import type { LayersModel } from "@tensorflow/tfjs";
import { beforeLastLayer, setLastLayer } from "../engines/mod.ts";
import { fitLogistic, type LogisticModel, predictLogistic } from "../statistics/mod.ts";
import { checkFit } from "./check_fit.ts";
import { checkTrainingOptions } from "./check_training_options.ts";
import { classWeights } from "./class_weights.ts";
import { type ExampleSet, labelsOf } from "./example_source.ts";
import { featureStatistics } from "./feature_statistics.ts";
import { type FitOptions, type FitResult, meanLoss, type Monitor } from "./fit.ts";
import { bestRow, type HistoryRow } from "./history.ts";
import { runWindows } from "./run_windows.ts";
import { samplers } from "./samplers/define_sampler.ts";
import { type ResolvedTraining, trainingOptions } from "./training_options.ts";

export type LinearProbeOptions =
  & Pick<FitOptions, "train" | "validation" | "options" | "callbacks" | "signal" | "statistics">
  & { model: LayersModel; monitor: Monitor };

/**
 * A linear probe (Alain and Bengio 2016): the last layer becomes the logistic regression over what the layers before it give
 * of the training windows, each number standardised by them; of the penalties in `linearProbe.c` the one that is best on the
 * validation windows. The other layers stay as they are.
 *
 * @returns as `fit`, with a row of the history for each penalty.
 * @throws {UsageError} for options that only steps can follow.
 */
export async function fitLinearProbe(request: LinearProbeOptions): Promise<FitResult> {
  const { model, train, validation, monitor, callbacks = [], signal } = request;
  const options = trainingOptions.parse(request.options);
  checkTrainingOptions(options);
  checkFit(train, validation);
  const statistics = request.statistics ?? featureStatistics(train.source, train.indices);
  const before = await beforeLastLayer(model);
  const history: HistoryRow[] = [];
  const stopped = (): FitResult => ({ status: "stopped", history, bestEpoch: 0, statistics });

  const seen = await runWindows(before, { ...train, statistics, signal });
  const judged = seen && await runWindows(before, { ...validation, statistics, signal });
  if (!judged) return stopped();
  const { width } = seen, size = train.source.classes;
  const scale = standardiser(seen.values, width);
  const features = scale(seen.values), validated = scale(judged.values);
  const [labels, answers] = [train, validation].map(labelsOf);
  const weights = windowWeights(train, options);
  const models: LogisticModel[] = [];
  for (const callback of callbacks) callback.onTrainBegin?.(history);
  for (const [i, c] of options.linearProbe!.c.entries()) {
    if (signal?.aborted) return stopped();
    const started = performance.now();
    const tolerance = 1e-3 * Math.sqrt(labels.length); // of a gradient that sums over the windows
    const fitted = fitLogistic(features, labels, { size, width, c, weights, tolerance });
    const said = predictLogistic(fitted, validated);
    const seconds = (performance.now() - started) / 1000;
    history.push({
      epoch: i + 1,
      loss: meanLoss(predictLogistic(fitted, features), labels, weights),
      validationLoss: meanLoss(said, answers),
      validationScore: monitor(Float32Array.from(said), answers),
      learningRate: 0,
      seconds,
      samplesPerSecond: labels.length / seconds,
    });
    models.push(fitted);
    const told = await Promise.all(callbacks.map((callback) => callback.onEpochEnd?.(history)));
    if (told.includes("stop")) break;
  }
  for (const callback of callbacks) callback.onTrainEnd?.(history);
  const bestEpoch = bestRow(history)!.epoch;
  await setLastLayer(model, scale.back(models[bestEpoch - 1]));
  return { status: "finished", history, bestEpoch, statistics };
}

/** What each training window counts, 1 in the mean: as often as the sampler draws it, times its class's weight. */
function windowWeights(set: ExampleSet, { sampler, classWeights: kind }: ResolvedTraining): Float64Array {
  const { source, indices } = set;
  const labels = labelsOf(set), classes = source.classes;
  const windows = { labels, classes, sources: source.sources && Int32Array.from(indices, (i) => source.sources![i]) };
  const { groupOf } = samplers.find(sampler.kind).definition;
  const groups = Array.from(labels, (_, at) => groupOf!(windows, at));
  const alike = Map.groupBy(groups, (group) => group);
  const ofClass = classWeights(labels, { classes, kind });
  const weight = (group: number, i: number) =>
    labels.length / alike.size / alike.get(group)!.length * ofClass[labels[i]];
  return Float64Array.from(groups, weight);
}

/** Takes each number's mean over the training windows off and divides by its deviation; and what that makes of a layer. */
function standardiser(values: Float32Array, width: number) {
  const count = values.length / width;
  const mean = new Float64Array(width), std = new Float64Array(width);
  values.forEach((value, at) => mean[at % width] += value / count);
  values.forEach((value, at) => std[at % width] += (value - mean[at % width]) ** 2 / count);
  std.forEach((variance, f) => std[f] = variance > 1e-12 ? Math.sqrt(variance) : 1);
  const scale = (some: Float32Array) =>
    Float64Array.from(some, (value, at) => (value - mean[at % width]) / std[at % width]);
  /** The same model over values as they are: `[width, size]` and `[size]`. */
  const back = ({ size, coefficients }: LogisticModel) => {
    const kernel = new Float32Array(width * size), bias = new Float32Array(size);
    for (let c = size === 2 ? 1 : 0; c < size; c++) {
      const row = coefficients.subarray((size === 2 ? 0 : c) * (width + 1));
      let intercept = row[width];
      for (let f = 0; f < width; f++) {
        kernel[f * size + c] = row[f] / std[f];
        intercept -= row[f] * mean[f] / std[f];
      }
      bias[c] = intercept;
    }
    return { kernel, bias };
  };
  return Object.assign(scale, { back });
}
