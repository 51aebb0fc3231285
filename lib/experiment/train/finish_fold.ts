import { z } from "zod";
import { exportOnnx } from "../../engines/ort/mod.ts";
import type { Prediction } from "../../evaluation/mod.ts";
import { formatCsv } from "../../files/mod.ts";
import {
  type BundleMember,
  bundleMember,
  formatPredictions,
  type HistoryRow,
  parsePredictions,
  type Run,
  saveModel,
} from "../../runs/mod.ts";
import type { Fold } from "../../splits/mod.ts";
import type { TrainedFold } from "./train_fold.ts";

/** What a finished fold leaves in `folds/<index>/` until all are done. */
const foldFile = z.object({
  member: bundleMember,
  classes: z.array(z.string()),
  history: z.array(z.custom<HistoryRow>()),
});

/** Writes what a fold gave: its network into the bundle, its history and predictions beside the others'. */
export async function finishFold(
  run: Run,
  { index, fold, trained, classes }: { index: number; fold: Fold; trained: TrainedFold; classes: readonly string[] },
): Promise<void> {
  const name = memberName(index);
  await saveModel(run, `model/${name}`, trained.model);
  await run.write(`model/${name}.onnx`, exportOnnx(trained.model, { metadata: { classes: JSON.stringify(classes) } }));
  await run.write(`folds/${index}/predictions.csv`, formatPredictions(trained.predictions, classes));
  const member: BundleMember = {
    fold: fold.fold,
    seed: fold.seed,
    ...(fold.outer === undefined ? {} : { outer: fold.outer }),
    temperature: trained.temperature,
    model: `${name}.json`,
    onnx: `${name}.onnx`,
    mean: Array.from(trained.statistics.mean),
    std: Array.from(trained.statistics.std),
  };
  await run.writeJson(`folds/${index}/fold.json`, { member, classes, history: trained.history });
}

/** The first network of a bundle is `model.json`, as tfjs users expect; the others count on. */
function memberName(index: number): string {
  return index === 0 ? "model" : `model-${index}`;
}

/** What a fold of a run left. */
export interface FinishedFold {
  member: BundleMember;
  history: HistoryRow[];
  /** Of each window of its validation and its test part, calibrated but not joined or decided. */
  predictions: Prediction[];
}

/** Reads what {@linkcode finishFold} wrote for each of the folds. */
export async function readFolds(run: Run, count: number): Promise<FinishedFold[]> {
  const folds: FinishedFold[] = [];
  for (let index = 0; index < count; index++) {
    const { member, history } = await run.readJson(`folds/${index}/fold.json`, foldFile);
    const name = `folds/${index}/predictions.csv`;
    folds.push({
      member,
      history,
      predictions: parsePredictions(await run.readText(name), run.path(name)).predictions,
    });
  }
  return folds;
}

/** `history.csv`. */
export function formatHistory(history: readonly HistoryRow[]): string {
  const columns: (keyof HistoryRow)[] = [
    ...["fold", "seed", "epoch", "loss", "validationLoss"] as const,
    ...["validationScore", "learningRate", "seconds", "samplesPerSecond"] as const,
  ];
  return formatCsv(history as unknown as Record<string, unknown>[], columns);
}
