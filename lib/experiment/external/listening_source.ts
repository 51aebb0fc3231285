import { basename, join } from "node:path";
import { datasetInfo, loadDataset } from "../../datasets/mod.ts";
import type { LoadDatasetOptions, Manifest, ManifestRow } from "../../datasets/mod.ts";
import { datasetFiles, lonelySubject } from "../../datasets/files/dataset_files.ts";
import { AuscultError, DataError } from "../../errors/mod.ts";
import { bodySound } from "../../rejection/mod.ts";
import type { RowFeatures } from "../../floors/mod.ts";
import type { InputOptions } from "../../features/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { type ListeningTable, listeningTable } from "../../listening/mod.ts";
import type { Run } from "../../runs/mod.ts";
import { experimentSchema } from "../describe/experiment_schema.ts";
import type { CacheOptions } from "../prepare/extract_features.ts";
import { openWindows, rowSpectra } from "../prepare/labelled_windows.ts";
import { durationOf } from "../prepare/listen.ts";
import { sameSounds } from "../prepare/same_sounds.ts";
import { allTrainingRows } from "../prepare/known_sounds.ts";

/** What there is to listen to. */
export interface ListeningSource {
  title: string;
  /** Tells these sounds from all others. */
  key: string;
  /** The rows, and the folder that their recordings are named below. */
  manifest: Manifest;
  table: ListeningTable;
  /** What is listened for, where that is known. */
  sound?: "heart" | "lung";
}

/**
 * The sounds of a run, with what its networks said of those that they hadn't learned from.
 *
 * @throws {DataError} where its recordings are gone, or sound otherwise than when it was made.
 */
export async function runSource(run: Run, options: CacheOptions): Promise<ListeningSource> {
  const { experiment, title, name, hash } = await run.config();
  const { predictions, classes } = await run.predictions();
  const own = await allTrainingRows(run, { classes, otherwise: "run the experiment again" });
  const recordings = own.rows.map(({ recording }) => recording);
  const { groups: duplicates, hashes } = await sameSounds({ folder: own.folder, recordings }, options);
  const changed = (await run.sounds()).filter(({ recording, sound }) => (hashes.get(recording) ?? sound) !== sound);
  if (changed.length > 0) {
    const expected = "recordings that sound as when the run was made";
    const found = `${changed.length} that have changed since, the first ${changed[0].recording}`;
    const remedy = "run the experiment again: what its networks said is of other sounds";
    throw new DataError({ expected, found, where: own.folder, remedy });
  }
  const input = experimentSchema.shape.input.parse(experiment.input);
  const features = await spectra(own, input, options);
  return {
    ...{ title, key: hash, manifest: own },
    table: listeningTable({ classes, rows: own.rows, predictions, duplicates, features }),
    sound: bodySound(name, { ...datasetInfo(own.dataset), input }),
  };
}

/** What recordings of which nothing is known are compared by. */
const BY: InputOptions = experimentSchema.shape.input.parse({ preset: "respirenet", seconds: 5, hop: 5 });

/**
 * The labelled sounds of a dataset, or of a table of one's own (`"csv"`), before any network has heard them.
 *
 * @throws {UsageError} for an unknown dataset or task.
 * @throws {DataError} where it isn't there.
 */
export async function datasetSource(
  name: string,
  { folder, task, columns, ...options }: CacheOptions & Pick<LoadDatasetOptions, "folder" | "task" | "columns">,
): Promise<ListeningSource> {
  const manifest = await loadDataset(name, { folder, task, columns });
  const { rows, classes } = manifest, info = datasetInfo(name);
  const recordings = rows.map(({ recording }) => recording);
  const { groups: duplicates } = await sameSounds({ folder: manifest.folder, recordings }, options);
  return {
    ...{ title: name === "csv" ? basename(folder) : info.title, manifest, key: keyOf(manifest) },
    table: listeningTable({ classes, rows, duplicates, features: await spectra(manifest, BY, options) }),
    sound: bodySound(name, { ...info, input: BY }),
  };
}

/** Tells the rows of a manifest from all others. */
function keyOf({ task, rows }: Manifest): string {
  const named = rows.map(({ recording, start, end }) => [recording, start, end]);
  return hashBytes(JSON.stringify([task, named])).slice(0, 16);
}

/**
 * The recordings below a folder, of which nothing is known: no class, no subject.
 *
 * @throws {DataError} where there is none that can be read.
 */
export async function folderSource(folder: string, options: CacheOptions): Promise<ListeningSource> {
  const { recordings } = await datasetFiles(folder);
  const rows = await Promise.all(recordings.map(async (recording): Promise<ManifestRow[]> => {
    try {
      const end = await durationOf(join(folder, recording));
      const subject = lonelySubject(recording);
      return [{ recording, subject, start: 0, end, label: "", source: "all", part: "train", attributes: {} }];
    } catch (error) {
      if (!(error instanceof AuscultError)) throw error;
      console.error(`warning: left out: ${error.message}`);
      return [];
    }
  }));
  const none = { classes: [], events: [], passedOver: [] };
  const manifest: Manifest = { dataset: "folders", task: "labels", folder, rows: rows.flat(), ...none };
  const features = await spectra(manifest, BY, options); // says where none can be read
  const table = listeningTable({ classes: [], rows: manifest.rows, features });
  return { title: "Recordings without labels", manifest, key: keyOf(manifest), table };
}

/** How each row sounds: mean and deviation of each band over its windows; NaN where it can't be read. */
async function spectra(manifest: Manifest, input: InputOptions, options: CacheOptions): Promise<RowFeatures> {
  using windows = await openWindows(manifest, input, options);
  const { meanAndDeviation, known } = rowSpectra(windows, manifest.rows.length);
  const { width } = meanAndDeviation, values = Float64Array.from(meanAndDeviation.values);
  known.forEach((is, row) => is || values.fill(NaN, row * width, (row + 1) * width));
  return { values, width };
}
