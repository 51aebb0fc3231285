import { basename, dirname } from "node:path";
import type { ColumnNames } from "../../datasets/mod.ts";
import type { AskedScore, Unit } from "../../scores/mod.ts";
import type { InputOptions } from "../../features/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { createRun, type NewRunConfig, type Run } from "../../runs/mod.ts";
import { experimentSchema } from "../describe/experiment_schema.ts";
import { runName } from "../describe/as_ran.ts";
import type { CacheOptions } from "../prepare/extract_features.ts";
import { importedManifest, inDataFolder, namedAsInRun, predictionsOf } from "./imported_items.ts";
import { judgeImported } from "./judge_imported.ts";
import { readPredictions } from "./read_predictions.ts";

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
