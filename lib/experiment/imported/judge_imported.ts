import { datasetInfo, type Manifest } from "../../datasets/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import { bodySound } from "../../rejection/mod.ts";
import { foldsToJson, keptLeaks } from "../../splits/mod.ts";
import type { Run } from "../../runs/mod.ts";
import { experimentSchema } from "../describe/experiment_schema.ts";
import { scoreRun } from "../judge/score_run.ts";
import { describeData } from "../prepare/describe_data.ts";
import { extractFeatures } from "../prepare/extract_features.ts";
import { labelledWindows } from "../prepare/labelled_windows.ts";
import { listen } from "../prepare/listen.ts";
import { sameSounds } from "../prepare/same_sounds.ts";
import { visitWords } from "../prepare/visit_words.ts";
import { describeEnvironment } from "../train/describe_environment.ts";
import { encoderWindows } from "../train/encoder_windows.ts";
import { floorFolds } from "./floor_folds.ts";
import { leakWords } from "./leak_words.ts";
import { theirFolds } from "./their_folds.ts";
import type { ImportedTable } from "./read_predictions.ts";
import type { ImportPredictionsOptions } from "./import_predictions.ts";

/** What is judged, and what it is called. */
export interface JudgeImportedOptions extends ImportPredictionsOptions {
  manifest: Manifest;
  predictions: Prediction[];
  evaluation: ReturnType<typeof experimentSchema.shape.evaluation.parse>;
  table: ImportedTable;
  /** Of the data. */
  title: string;
}

/** Writes what a run's files say: predictions, data, splits as far as they are known, scores. */
export async function judgeImported(run: Run, options: JudgeImportedOptions): Promise<void> {
  const { manifest, predictions, evaluation, table, title, data, input } = options;
  const { rows, classes } = manifest;
  const { licence, citation } = datasetInfo(manifest.dataset);
  const sound = bodySound(options.name, { ...datasetInfo(manifest.dataset), input });
  const heard = data === undefined ? undefined : await listen(manifest, { ...options, input, sound });
  const recordings = rows.map(({ recording }) => recording);
  const same = data === undefined ? undefined : await sameSounds({ folder: data, recordings }, options);
  const theirs = theirFolds(rows, predictions, table.folds);
  const leaks = theirs.length === 0 ? [] : keptLeaks(rows, theirs, { duplicates: same?.groups });
  const floors = heard === undefined
    ? {
      folds: [],
      warnings: ["Without --data there are no floors of models without sound, of the mean spectrum and of a look-up."],
    }
    : floorFolds(rows);
  const store = heard && await extractFeatures(manifest, input, options);
  try {
    const environment = await describeEnvironment(manifest);
    const byPart = Map.groupBy(rows.keys(), (row) => rows[row].part);
    await run.save("environment", environment);
    await run.save("predictions", { predictions, classes });
    if (theirs.length > 0) await run.save("splits", { version: 1, folds: foldsToJson(rows, theirs) });
    await run.save(
      "data",
      describeData(manifest, {
        ...{ title, licence, citation, fingerprint: environment.dataset.fingerprint },
        leakCheck: [
          ...leaks.length > 0 ? leaks : leakWords({ told: theirs.length > 0, heard: heard !== undefined }),
          ...visitWords(rows),
        ],
        parts: Object.fromEntries(byPart),
        store: store ??
          { windows: rows.map((row, item) => ({ item, start: row.start, end: row.end })), passedOver: [] },
      }),
    );
    using encoder = store && await encoderWindows(input, { ...options, manifest });
    await scoreRun(run, predictions, {
      manifest: { ...manifest, warnings: [...manifest.warnings ?? [], ...floors.warnings] },
      ...{ experiment: { evaluation }, folds: floors.folds, seed: 0, leaks },
      sounds: store && heard && { windows: labelledWindows(store, manifest), heard, encoder },
    });
  } finally {
    store?.close();
  }
}
