import { exportOnnx } from "../engines/ort/mod.ts";
import type { Prediction } from "../scores/mod.ts";
import { type BundleMember, type FoldEpoch, type Run, saveModel } from "../runs/mod.ts";
import type { Fold } from "../splits/mod.ts";
import type { TrainedFold } from "./train/train_fold.ts";

/** A network whose frames are read only once all have been trained says nothing of items yet. */
export type Trained = Omit<TrainedFold, "predictions"> & Partial<Pick<TrainedFold, "predictions">>;

/** Writes what a fold gave: its network into the bundle, its history and predictions beside the others'. */
export async function finishFold(
  run: Run,
  { index, fold, trained, classes }: { index: number; fold: Fold; trained: Trained; classes: readonly string[] },
): Promise<void> {
  const name = index === 0 ? "model" : `model-${index}`; // the first is `model.json`, as tfjs users expect
  await saveModel(run, `model/${name}`, trained.model);
  await run.write(`model/${name}.onnx`, exportOnnx(trained.model, { metadata: { classes: JSON.stringify(classes) } }));
  const member: BundleMember = {
    fold: fold.fold,
    seed: fold.seed,
    ...(fold.outer === undefined ? {} : { outer: fold.outer }),
    temperature: trained.temperature,
    model: `${name}.json`,
    onnx: `${name}.onnx`,
    mean: Array.from(trained.statistics.mean),
    std: Array.from(trained.statistics.std),
    ...trained.metadata ? { metadata: trained.metadata } : {},
  };
  const own = run.inside("folds", `${index}`);
  const { predictions } = trained;
  if (predictions) await own.save("predictions", { predictions, classes: [...classes] });
  const history = trained.history.map((epoch) => ({ fold: fold.fold, seed: fold.seed, ...epoch }));
  await own.save("fold", { member, history });
}

/** What a fold of a run left. */
export interface FinishedFold {
  member: BundleMember;
  history: FoldEpoch[];
  /** Of each window of its validation and its test part, calibrated but not joined or decided. */
  predictions: Prediction[];
}

/** Reads what {@linkcode finishFold} wrote for each of the folds. */
export async function readFolds(run: Run, count: number): Promise<FinishedFold[]> {
  return await Promise.all(Array.from({ length: count }, async (_, index) => {
    const own = run.inside("folds", `${index}`);
    return { ...await own.fold(), predictions: (await own.predictions()).predictions };
  }));
}
