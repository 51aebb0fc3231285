import type { LayersModel } from "@tensorflow/tfjs";
import type { Manifest } from "../../datasets/mod.ts";
import type { Engine, TrainingSession } from "../../engines/mod.ts";
import { fitMetadata, type MetadataColumn } from "../../metadata/mod.ts";
import { buildModel, hasLearned, takeWeights } from "../../models/mod.ts";
import { assertNoLeak, type Fold, type GuardedFold, guardFold } from "../../splits/mod.ts";
import {
  type Callback,
  type ExampleSet,
  featureStatistics,
  fileCheckpoints,
  fit,
  fitLinearProbe,
  type FitResult,
  type Monitor,
  plainStatistics,
  sessionOptions,
} from "../../training/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { type LabelledWindows, metadataWindows } from "../prepare/labelled_windows.ts";
import { keepFrozen, standardiseEmbeddings } from "./keep_frozen.ts";
import type { FirstWeights } from "./open_beginning.ts";
import { UsageError } from "../../errors/mod.ts";
import { aggregateWindows, applyDecision, decisionRule } from "../../decision/mod.ts";
import { type AskedScore, lowerIsBetter, scoreKey, scoreStatistic } from "../../scores/mod.ts";

/** The class of the largest probability. */
export const likeliest = decisionRule.parse({});

/**
 * The monitor that picks the best epoch by a score of the items: their windows' probabilities are averaged, the
 * likeliest class is the answer. Scores of which less is better count negative.
 *
 * @param options `asked`: scores beside the general ones that it may be one of; `items`: item of each validation window.
 * @throws {UsageError} for a score that doesn't exist for these classes.
 */
export function scoreMonitor(
  monitor: AskedScore,
  { classes, asked, items }: { classes: readonly string[]; asked: readonly AskedScore[]; items: Int32Array },
): Monitor {
  const name = scoreKey(monitor), size = classes.length;
  const order = [...new Set(items)];
  const place = new Map(order.map((item, i) => [item, i]));
  const windowToItem = items.map((item) => place.get(item)!);
  const sign = lowerIsBetter(monitor) ? -1 : 1;
  const score = (probabilities: Float64Array, labels: Int32Array) => {
    const { predicted } = applyDecision(likeliest, probabilities, { size });
    const clusters = Int32Array.from(labels.keys());
    const judged = { labels, predicted, probabilities, clusters };
    const { names, statistic } = scoreStatistic(judged, { classes, asked: [...asked, monitor] });
    const at = names.indexOf(name);
    if (at < 0) {
      const expected = `one of the scores ${names.filter((other) => !other.includes("/")).join(", ")}`;
      throw new UsageError({ expected, found: `"${name}"`, where: "evaluation.monitor" });
    }
    return sign * statistic(new Float64Array(labels.length).fill(1))[at];
  };
  // Known to be wrong before the first epoch rather than after it.
  score(Float64Array.from({ length: 2 * size }, () => 1 / size), Int32Array.of(0, 1));
  return (probabilities, labels) => {
    const joined = aggregateWindows(Float64Array.from(probabilities), windowToItem, { size, rule: "mean" });
    const itemLabels = new Int32Array(order.length);
    windowToItem.forEach((item, window) => itemLabels[item] = labels[window]);
    return score(joined, itemLabels);
  };
}

export interface FitFoldOptions {
  experiment: Experiment;
  manifest: Manifest;
  windows: LabelledWindows;
  engine: Engine;
  threads: number;
  /** Where its checkpoints lie. */
  checkpoints: string;
  /** What the network begins with. @default {weights drawn by the fold's seed} */
  first?: FirstWeights;
  callbacks?: Callback[];
  signal?: AbortSignal;
}

/** A network as it stands after training, the test part still closed. */
export interface FittedFold {
  model: LayersModel;
  /** Holds the weights of the best epoch; to be disposed of. */
  session: TrainingSession;
  rows: GuardedFold;
  result: FitResult;
  /** With the metadata that it is given. */
  windows: LabelledWindows;
  metadata?: MetadataColumn[];
}

/**
 * Trains one network on a fold's training part and keeps the epoch that is best on its validation part. The test part
 * isn't looked at.
 *
 * @throws {LeakError} where a subject stands on two sides.
 */
export async function fitFold(fold: Fold, options: FitFoldOptions): Promise<FittedFold> {
  const { experiment, manifest, windows, engine, threads, checkpoints, first, callbacks, signal } = options;
  assertNoLeak(manifest.rows, fold);
  const rows = guardFold(fold), { seed } = fold;
  const validation = windows.of(rows.rows("validation"));
  const monitor = scoreMonitor(experiment.evaluation.monitor, {
    classes: manifest.classes,
    asked: experiment.evaluation.scores,
    items: validation.map((window) => windows.rows[window]),
  });
  const people = Array.from(rows.rows("train"), (row) => manifest.rows[row].attributes);
  const metadata = experiment.metadata && fitMetadata(people, experiment.metadata);
  const source = metadataWindows(windows, manifest.rows, metadata);
  const model = await buildModel(experiment.model, { ...windows, seed, metadataWidth: metadata?.length });
  if (first) await takeWeights(model, first.weights, first.layers);
  const train = windows.of(rows.rows("train"));
  const statistics = hasLearned(experiment.model) ? plainStatistics(windows) : featureStatistics(windows, train);
  const learned = ({ source, statistics }: Pick<ExampleSet, "source"> & Pick<FitResult, "statistics">) => ({
    ...{ options: experiment.training, statistics, monitor, callbacks, signal },
    ...{ train: { source, indices: train }, validation: { source, indices: validation } },
  });
  const fitted = { model, rows, windows: source, metadata };
  const open = (network: LayersModel) => engine.train(network, sessionOptions(experiment.training, { seed, threads }));
  if (experiment.training.linearProbe) {
    const result = await fitLinearProbe({ model, ...learned({ source, statistics }) });
    return { ...fitted, session: await open(model), result };
  }
  const used = { engine, threads, source, statistics, signal };
  const kept = experiment.training.augment.length > 0
    ? undefined
    : await keepFrozen(model, { ...used, indices: Int32Array.of(...train, ...validation) });
  const seen = kept ? { source: kept.source, statistics: plainStatistics(kept.source) } : { source, statistics };
  await standardiseEmbeddings(kept?.model ?? model, { ...used, ...seen, indices: train });
  const session = await open(kept?.model ?? model);
  try {
    const begun = { session, seed, beginning: first?.hash, checkpoints: fileCheckpoints(checkpoints) };
    const result = await fit({ ...learned(seen), ...begun });
    if (!kept) return { ...fitted, session, result };
    // From here on the whole network is asked, whose weights these are.
    await session.writeTo(kept.model);
    const whole = await open(model);
    await session.dispose();
    return { ...fitted, session: whole, result: { ...result, statistics } };
  } catch (error) {
    await session.dispose();
    throw error;
  }
}
