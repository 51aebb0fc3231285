import type { Manifest } from "../../datasets/mod.ts";
import { buildModel, hasLearned, takeWeights } from "../../models/mod.ts";
import { assertNoLeak, type Fold, guardFold } from "../../splits/mod.ts";
import {
  type ExampleSource,
  featureStatistics,
  fileCheckpoints,
  fit,
  plainStatistics,
  predictLogits,
  sessionOptions,
} from "../../training/mod.ts";
import { PAIRS, type RecordingTargets } from "../describe/targets.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";
import type { FitFoldOptions } from "../train/fit_fold.ts";
import type { TrainedFold } from "../train/train_fold.ts";
import { bilinear, type RecordingPair, recordingPairs, retrieve } from "./retrieval.ts";

/** What is said of the second window of a recording: that it is of this one, or of another. */
export const FOUND = ["own recording", "another recording"];

/**
 * Trains one network to tell crops of one recording from those of others, and keeps the epoch in which it finds most of the
 * validation part's; then, and only then, it hears the test part.
 *
 * @returns nothing where it was aborted; the same call goes on from its checkpoint.
 */
export async function trainRecordings(
  fold: Fold,
  { experiment, targets, manifest, windows, first, engine, threads, checkpoints, callbacks, signal }:
    & FitFoldOptions
    & { targets: RecordingTargets },
): Promise<TrainedFold | undefined> {
  assertNoLeak(manifest.rows, fold);
  const rows = guardFold(fold), { seed } = fold, { dimension, candidates } = targets;
  const source = pairedWindows(windows, manifest, 2 * dimension);
  const train = pairable(source, windows.of(rows.rows("train")));
  const options = { ...experiment.training, ...PAIRS };
  const model = await buildModel(experiment.model, { ...source, seed });
  if (first) await takeWeights(model, first.weights, first.layers);
  const statistics = hasLearned(experiment.model) ? plainStatistics(source) : featureStatistics(source, train);
  await using opened = new AsyncDisposableStack();
  const session = opened.adopt(
    await engine.train(model, sessionOptions(options, { seed, threads })),
    (session) => session.dispose(),
  );
  const pairsOf = (part: "validation" | "test") =>
    recordingPairs(windows, manifest.rows, { of: rows.rows(part), candidates, seed });
  const said = (pairs: RecordingPair[], outputs: Float32Array) => retrieve(pairs, bilinear(outputs, dimension));
  const hear = async (pairs: RecordingPair[]) => {
    const outputs = await predictLogits(session, { source, indices: bothOf(pairs), statistics, signal });
    return outputs && said(pairs, outputs);
  };
  const held = pairsOf("validation");
  const { status, history } = await fit({
    ...{ session, options, seed, statistics, callbacks, signal, beginning: first?.hash },
    train: { source, indices: train },
    validation: { source, indices: bothOf(held) },
    checkpoints: fileCheckpoints(checkpoints),
    judge(outputs) {
      const answers = said(held, outputs);
      const mean = (of: (answer: typeof answers[number]) => number) =>
        answers.reduce((sum, answer) => sum + of(answer), 0) / answers.length;
      return {
        validationLoss: mean(({ probability }) => -Math.log(Math.max(probability, 1e-38))),
        validationScore: mean(({ found }) => Number(found)),
      };
    },
  });
  if (status === "stopped") return undefined;
  const judged = [{ part: "validation", answers: await hear(held) }];
  rows.judge();
  judged.push({ part: "test", answers: await hear(pairsOf("test")) });
  if (judged.some(({ answers }) => answers === undefined)) return undefined;
  await session.writeTo(model);
  const predictions = judged.flatMap(({ part, answers }) =>
    answers!.map(({ row, found, probability }) => {
      const { recording, subject, source, start, end } = manifest.rows[row];
      return {
        ...{ fold: fold.fold, seed, part, recording, subject, source, start, end, window: 0, label: FOUND[0] },
        ...{ predicted: FOUND[found ? 0 : 1], probabilities: [probability, 1 - probability] },
      };
    })
  );
  return { model, statistics, history, temperature: 1, predictions };
}

/** The windows with their recordings as sources, and no classes: a network gives `outputs` numbers for each. */
export function pairedWindows(windows: LabelledWindows, { rows }: Manifest, outputs: number): ExampleSource {
  const numbers = new Map([...new Set(rows.map(({ recording }) => recording))].map((name, i) => [name, i]));
  return {
    ...windows,
    classes: outputs,
    labels: new Int32Array(windows.count),
    sources: windows.rows.map((row) => numbers.get(rows[row].recording)!),
    shares: undefined,
  };
}

/** Windows of both sides of each pair. */
export function bothOf(pairs: readonly RecordingPair[]): Int32Array {
  return Int32Array.from(pairs.flatMap(({ windows }) => windows));
}

/** Windows whose recording has another, an even number of them. */
function pairable({ sources }: ExampleSource, indices: Int32Array): Int32Array {
  const counts = Map.groupBy(indices, (index) => sources![index]);
  const several = indices.filter((index) => counts.get(sources![index])!.length > 1);
  return several.subarray(0, several.length - several.length % 2);
}
