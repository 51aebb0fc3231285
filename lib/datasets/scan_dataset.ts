import { basename, resolve } from "node:path";
import { assertWritable, formatCsv, writeAtomic } from "../files/mod.ts";
import { filesOfDataset } from "./catalogue.ts";
import { findNearDuplicates, type FindNearDuplicatesOptions, type NearDuplicates } from "./find_near_duplicates.ts";
import { NEAR_DUPLICATES } from "./near_duplicates/near_duplicate_groups.ts";

export interface ScanDatasetOptions extends FindNearDuplicatesOptions {
  /** Where the groups are written, for a folder that can't be written to. @default {"FOLDER/near_duplicates.csv"} */
  path?: string;
}

export interface DatasetScan extends NearDuplicates {
  dataset: string;
  /** Number of recordings that were compared. */
  recordings: number;
  /** The file that was written. */
  path: string;
}

/**
 * Looks for near-duplicates among all recordings of a dataset ({@linkcode findNearDuplicates}) and writes them as groups
 * that `loadDataset` takes for one subject each.
 */
export async function scanDataset(name: string, options: ScanDatasetOptions): Promise<DatasetScan> {
  const files = await filesOfDataset(name, options.folder);
  const path = options.path ?? `${files.folder}/${NEAR_DUPLICATES}`;
  const own = basename(resolve(files.folder)).replaceAll(/[^\p{L}\p{N}_-]+/gu, "_");
  await assertWritable(path, { remedy: `--out data/near_duplicates_${own}.csv` });
  const found = await findNearDuplicates(files.recordings, { ...options, folder: files.folder });
  const rows = found.groups.flatMap((members, i) => members.map((recording) => ({ recording, group: i + 1 })));
  await writeAtomic(path, formatCsv(rows, ["recording", "group"]));
  return { dataset: name, recordings: files.recordings.length - found.passedOver.length, ...found, path };
}
