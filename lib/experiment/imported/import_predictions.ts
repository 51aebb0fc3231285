import { basename, dirname } from "node:path";
import { type ColumnNames, datasetInfo, type Manifest, type ManifestRow } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import type { InputOptions } from "../../features/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { bodySound } from "../../rejection/mod.ts";
import { createRun, type NewRunConfig, type Run } from "../../runs/mod.ts";
import type { AskedScore, Prediction, Unit } from "../../scores/mod.ts";
import { type Fold, foldsToJson, keptLeaks, planFolds } from "../../splits/mod.ts";
import { type Experiment, experimentSchema, runName } from "../describe/experiment_schema.ts";
import { scoreRun } from "../judge/judge_run.ts";
import { describeData, visitWords } from "../prepare/describe_data.ts";
import type { CacheOptions } from "../prepare/extract_features.ts";
import { openWindows } from "../prepare/labelled_windows.ts";
import { mixedUnits } from "../prepare/leave_out_mixed.ts";
import { listen } from "../prepare/listen.ts";
import { sameSounds } from "../prepare/same_sounds.ts";
import { describeEnvironment } from "../train/describe_environment.ts";
import { encoderWindows } from "../train/train_floors.ts";
import { importedManifest, inDataFolder, itemOf, namedAsInRun, predictionsOf } from "./imported_items.ts";
import { type ImportedTable, readPredictions } from "./read_predictions.ts";

/** How predictions that were made elsewhere are judged. */
export interface ImportPredictionsOptions extends CacheOptions {
  /** Folder below `out`, and what the run is called: `"pytorch_crnn"`. */
  name: string;
  /** Folder of the recordings, for floors and copies. */
  data?: string;
  /** A run of ours that judged the same items: names, times and subjects are taken from it. */
  like?: Run;
  columns?: ColumnNames;
  part?: string;
  /** Scores beside the general ones. @default {those of `like`} */
  scores?: AskedScore[];
  /** What the result is read by. @default {that of `like`, else "item"} */
  unit?: Unit;
  /** What the floors see of the recordings, where `like` says nothing of it. */
  input: InputOptions;
  out?: string;
  command: string;
}

/**
 * Judges predictions that another program made, as an experiment's own are: a run folder with scores, intervals over subjects,
 * floors and what can be said of leaks. Nothing is trained but the floors: on the table's training rows, or where it names none by five
 * folds of the judged subjects.
 *
 * @throws {DataError} naming the line of the table that can't be judged, or a recording that isn't in the folder.
 */
export async function importPredictions(path: string, options: ImportPredictionsOptions): Promise<Run> {
  const { like, data, part, columns } = options;
  const name = runName(options.name);
  const table = await readPredictions(path, { part, columns });
  const known = like ? await namedAsInRun(table.items, like) : { items: table.items, warnings: [] };
  const found = data === undefined ? known.items : await inDataFolder(known.items, data, path);
  const ours = await like?.config(), ourData = await like?.data();
  const manifest = await importedManifest(found, {
    classes: table.classes,
    dataset: ourData?.dataset ?? "csv",
    task: ourData?.task ?? "labels",
    folder: data ?? dirname(path),
    warnings: [...table.warnings, ...known.warnings],
    measured: data !== undefined,
  });
  const evaluation = experimentSchema.shape.evaluation.parse({
    protocol: { kind: "grouped-folds" },
    scores: options.scores ?? ours?.experiment.evaluation.scores ?? [],
    unit: options.unit ?? ours?.experiment.evaluation.unit ?? "item",
  });
  const predictions = predictionsOf(manifest.rows, found);
  const file = await Deno.readFile(path);
  const { protocol: _floors, ...shown } = evaluation;
  const config: NewRunConfig = {
    ...{ version: 1, name, title: name, question: `What are the predictions in ${basename(path)} worth?` },
    experiment: {
      ...{ name, dataset: { name: manifest.dataset, task: manifest.task }, model: { kind: "made elsewhere" } },
      evaluation: shown,
    },
    seeds: [...new Set(predictions.map(({ seed }) => seed))],
    engine: { name: "elsewhere", description: "another program made the predictions", reason: "imported", threads: 1 },
    imported: { file: basename(path), sha256: hashBytes(file) },
    ...{ command: options.command, dataFolder: data ?? "", references: ours?.references ?? [] },
    hash: hashBytes(JSON.stringify([hashBytes(file), manifest.rows])).slice(0, 8),
    createdAt: new Date().toISOString(),
  };
  const run = await createRun(options.out ?? "results", config);
  const seen = experimentSchema.shape.input.safeParse(ours?.experiment.input);
  const input = seen.success ? seen.data : options.input;
  const title = ourData?.title ?? basename(path);
  await judgeImported(run, { ...options, input, manifest, predictions, evaluation, table, title });
  await run.save("status", { version: 1, state: "complete", folds: [], seconds: 0 });
  return run;
}

/** Writes what a run's files say: predictions, data under their title, splits as far as they are known, scores. */
async function judgeImported(
  run: Run,
  options: ImportPredictionsOptions & Pick<Experiment, "evaluation"> & {
    manifest: Manifest;
    predictions: Prediction[];
    table: ImportedTable;
    title: string;
  },
): Promise<void> {
  const { manifest, predictions, evaluation, table, title, data: folder, input } = options;
  const { rows, classes } = manifest;
  const { licence, citation } = datasetInfo(manifest.dataset);
  const sound = bodySound(options.name, { ...datasetInfo(manifest.dataset), input });
  const heard = folder === undefined ? undefined : await listen(manifest, { ...options, input, sound });
  const recordings = rows.map(({ recording }) => recording);
  const same = folder === undefined ? undefined : await sameSounds({ folder, recordings }, options);
  const theirs = theirFolds(rows, predictions, table.folds);
  const leaks = theirs.length === 0 ? [] : keptLeaks(rows, theirs, { duplicates: same?.groups });
  const floors = heard === undefined
    ? {
      folds: [],
      warnings: ["Without --data there are no floors of models without sound, of the mean spectrum and of a look-up."],
    }
    : floorFolds(rows);
  using windows = heard && await openWindows(manifest, input, options);
  const environment = await describeEnvironment(manifest);
  const leakCheck = leaks.length > 0 ? leaks : leakWords({ told: theirs.length > 0, heard: heard !== undefined });
  const parts = Object.fromEntries(Map.groupBy(rows.keys(), (row) => rows[row].part));
  const unheard = { windows: rows.map(({ start, end }, item) => ({ item, start, end })), passedOver: [] };
  await run.save("environment", environment);
  await run.save("predictions", { predictions, classes });
  if (theirs.length > 0) await run.save("splits", { version: 1, folds: foldsToJson(rows, theirs) });
  const data = describeData(manifest, {
    ...{ title, licence, citation, fingerprint: environment.dataset.fingerprint, parts },
    ...{ leakCheck: [...leakCheck, ...visitWords(rows)], store: windows?.store ?? unheard },
  });
  await run.save("data", data);
  using encoder = windows && await encoderWindows(input, { ...options, manifest });
  const warnings = [...manifest.warnings ?? [], ...mixedWords(predictions, evaluation.unit), ...floors.warnings];
  await scoreRun(run, predictions, {
    ...{ manifest: { ...manifest, warnings }, experiment: { evaluation }, folds: floors.folds, seed: 0, leaks },
    sounds: windows && heard && { windows, heard, encoder },
  });
}

/** A sentence where the wished unit can't be judged, since some of them carry several labels. */
function mixedWords(predictions: readonly Prediction[], unit: Unit): string[] {
  if (unit === "item") return [];
  const { mixed, of } = mixedUnits(predictions, unit);
  if (mixed.size === 0) return [];
  const [[first, labels]] = mixed;
  return [
    `Nothing is scored by ${unit}: ${mixed.size} of ${of} carry several labels, such as ${first} ` +
    `(${labels.join(", ")}). Examinations of a subject are told apart by a column visit.`,
  ];
}

/** Who their network was trained on and judged by: the table's parts, or its folds, each trained on all others. */
function theirFolds(rows: readonly ManifestRow[], predictions: readonly Prediction[], folds: boolean): Fold[] {
  const of = (keep: (row: ManifestRow) => boolean) => Int32Array.from(rows.keys()).filter((row) => keep(rows[row]));
  const part = (name: string) => of((row) => row.part === name);
  const fixed = { seed: 0, shared: [] };
  if (rows.some((row) => row.part === "train")) {
    return [{ ...fixed, fold: 0, train: part("train"), validation: part("validation"), test: part("test") }];
  }
  if (!folds) return [];
  const tested = Map.groupBy(predictions.filter((one) => one.part === "test"), ({ fold }) => fold);
  return [...tested].toSorted(([a], [b]) => a - b).map(([fold, own]) => {
    const items = new Set(own.map(itemOf));
    const test = (row: ManifestRow) => row.part === "test" && items.has(itemOf(row));
    return {
      ...fixed,
      ...{ fold, test: of(test), validation: new Int32Array(), train: of((row) => row.part === "test" && !test(row)) },
    };
  });
}

/** How the floors are trained: on the table's training rows, else by folds of the judged subjects. */
function floorFolds(rows: readonly ManifestRow[]): { folds: Fold[]; warnings: string[] } {
  const trained = rows.some((row) => row.part === "train");
  try {
    const folds = planFolds(
      rows,
      trained ? { kind: "official", sharedSubjects: "drop" } : { kind: "grouped-folds" },
      { seed: 0 },
    );
    const how = "Floors were trained by five folds of the judged subjects, since the table lists no training rows.";
    return { folds, warnings: trained ? [] : [how] };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { folds: [], warnings: [`There are no trained floors: ${error.message}`] };
  }
}

/** What can be said of leaks where none was found: `told` who was trained on, `heard` what was recorded. */
function leakWords({ told, heard }: { told: boolean; heard: boolean }): string[] {
  return [
    told
      ? "No subject that was judged stands among those that the table says were trained on."
      : "Who the network was trained on isn't known, so that no leak can be ruled out: rows of the part train, or a column fold, " +
        "would tell.",
    heard
      ? "Recordings with the same sound, exactly or nearly, were looked for between what was trained on and what was judged."
      : "The recordings are not here: the same sound under two names can't be found.",
  ];
}
