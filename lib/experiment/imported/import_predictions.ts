import { basename, dirname } from "node:path";
import {
  type ColumnNames,
  cutToRecordings,
  datasetInfo,
  locateRecordings,
  type Manifest,
  type ManifestRow,
} from "../../datasets/mod.ts";
import { checked, DataError } from "../../errors/mod.ts";
import { type AskedScore, type Prediction, type Unit } from "../../scores/mod.ts";
import { bodySound } from "../../rejection/mod.ts";
import { foldsToJson, keptLeaks, unitKey } from "../../splits/mod.ts";
import type { InputOptions } from "../../features/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { createRun, type NewRunConfig, type Run } from "../../runs/mod.ts";
import { experimentSchema } from "../describe/experiment_schema.ts";
import { scoreRun } from "../judge/score_run.ts";
import type { CacheOptions } from "../prepare/cached_result.ts";
import { describeData } from "../prepare/describe_data.ts";
import { extractFeatures } from "../prepare/extract_features.ts";
import { labelledWindows } from "../prepare/labelled_windows.ts";
import { durationOf, listen } from "../prepare/listen.ts";
import { sameSounds } from "../prepare/same_sounds.ts";
import { visitWords } from "../prepare/visit_words.ts";
import { describeEnvironment } from "../train/describe_environment.ts";
import { namedAsInRun } from "./named_as_in_run.ts";
import { encoderWindows } from "../train/encoder_windows.ts";
import { floorFolds } from "./floor_folds.ts";
import { leakWords } from "./leak_words.ts";
import { itemOf, theirFolds } from "./their_folds.ts";
import { type ImportedItem, type ImportedTable, readPredictions } from "./read_predictions.ts";

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
  signal?: AbortSignal;
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
  const name = checked(experimentSchema.shape.name, options.name, {
    expected: "a name of letters, digits, dashes and slashes",
    where: "--name",
  });
  const table = await readPredictions(path, { part, columns });
  const known = like ? await namedAsInRun(table.items, like) : { items: table.items, warnings: [] };
  const found = data === undefined ? known.items : await inFolder(known.items, data, path);
  const ours = await like?.config(), ourData = await like?.data();
  const manifest = await manifestOf(found, {
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
  manifest.warnings = [...manifest.warnings ?? [], ...mixedWords(predictions, evaluation.unit)];
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
  await judge(run, {
    ...options,
    input,
    manifest,
    predictions,
    evaluation,
    table,
    title: ourData?.title ?? basename(path),
  });
  await run.save("status", { version: 1, state: "complete", folds: [], seconds: 0 });
  return run;
}

interface JudgeOptions extends ImportPredictionsOptions {
  manifest: Manifest;
  predictions: Prediction[];
  evaluation: ReturnType<typeof experimentSchema.shape.evaluation.parse>;
  table: ImportedTable;
  /** Of the data. */
  title: string;
}

/** Writes what a run's files say: predictions, data, splits as far as they are known, scores. */
async function judge(run: Run, options: JudgeOptions): Promise<void> {
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

/** The items under their paths below the folder of the recordings. */
async function inFolder(items: readonly ImportedItem[], folder: string, where: string): Promise<ImportedItem[]> {
  const { paths } = await locateRecordings(folder, items.map(({ row }) => row.recording));
  const missing = items.filter(({ row }) => !paths.has(row.recording));
  if (missing.length > 0) {
    throw new DataError({
      expected: `the recordings of all ${items.length} lines in ${folder}`,
      found: `none for ${missing.length}, the first ${missing[0].row.recording}`,
      where: `line ${missing[0].line} of ${where}`,
      remedy: "name the folder that the paths begin at, or leave out --data and do without floors",
    });
  }
  return items.map((item) => ({ ...item, row: { ...item.row, recording: paths.get(item.row.recording)! } }));
}

/** The rows as a manifest; what has no end ends with its recording, or at its start where no recording is there. */
async function manifestOf(
  items: readonly ImportedItem[],
  { measured, ...about }: Pick<Manifest, "classes" | "dataset" | "task" | "folder" | "warnings"> & {
    measured: boolean;
  },
): Promise<Manifest> {
  const distinct = new Map(items.map(({ row }) => [itemOf(row), row]));
  const lengths = new Map<string, number>();
  for (const { recording, end } of distinct.values()) {
    if (!measured || !Number.isNaN(end) || lengths.has(recording)) continue;
    lengths.set(recording, await durationOf(`${about.folder}/${recording}`));
  }
  const ended = [...distinct.values()].map((row) => ({
    ...row,
    end: Number.isNaN(row.end) ? lengths.get(row.recording) ?? row.start : row.end,
  }));
  const manifest: Manifest = { ...about, rows: ended, events: [], passedOver: [] };
  return measured ? await cutToRecordings(manifest, { durationOf }) : manifest;
}

function predictionsOf(rows: readonly ManifestRow[], items: readonly ImportedItem[]): Prediction[] {
  const known = new Map(rows.map((row) => [itemOf(row), row]));
  return items.flatMap(({ row, said }): Prediction[] => {
    const of = known.get(itemOf(row));
    if (said === undefined || of === undefined) return [];
    const { attributes: _attributes, ...item } = of;
    return [{ ...item, ...said }];
  });
}

/** A sentence where the wished unit can't be judged, since some of them carry several labels. */
function mixedWords(predictions: readonly Prediction[], unit: Unit): string[] {
  if (unit === "item") return [];
  const units = Map.groupBy(predictions, (one) => unitKey(one, unit));
  const mixed = [...units].map(([name, own]) => [name, [...new Set(own.map(({ label }) => label))]] as const)
    .filter(([, labels]) => labels.length > 1);
  if (mixed.length === 0) return [];
  const [[first, labels]] = mixed;
  return [
    `Nothing is scored by ${unit}: ${mixed.length} of ${units.size} carry several labels, such as ${first} ` +
    `(${labels.join(", ")}). Examinations of a subject are told apart by a column visit.`,
  ];
}
