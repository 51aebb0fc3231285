import { cutToRecordings, locateRecordings, type Manifest } from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { durationOf } from "../prepare/listen.ts";
import { itemOf } from "./their_folds.ts";
import type { ImportedItem } from "./read_predictions.ts";

/** The items under their paths below the folder of the recordings. */
export async function inDataFolder(
  items: readonly ImportedItem[],
  folder: string,
  where: string,
): Promise<ImportedItem[]> {
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
export async function importedManifest(
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
