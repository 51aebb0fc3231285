import { AuscultError } from "../../errors/mod.ts";
import type { DatasetFiles } from "./dataset_files.ts";
import { eachOf } from "./each_of.ts";
import type { ManifestRow, PassedOver } from "../manifest.ts";
import { recordingDuration } from "../recording_duration.ts";

/**
 * Rows that are a whole recording each, with their ends filled in; a recording whose header can't be read is passed
 * over.
 */
export async function wholeRecordings(
  files: DatasetFiles,
  rows: readonly Omit<ManifestRow, "start" | "end">[],
): Promise<{ rows: ManifestRow[]; passedOver: PassedOver[] }> {
  const passedOver: PassedOver[] = [];
  const whole = await eachOf(rows, async (row): Promise<ManifestRow[]> => {
    try {
      return [{ ...row, start: 0, end: await recordingDuration(`${files.folder}/${row.recording}`) }];
    } catch (error) {
      if (!(error instanceof AuscultError)) throw error;
      passedOver.push({ path: row.recording, reason: `can't be read: ${error.message}` });
      return [];
    }
  });
  return { rows: whole.flat(), passedOver };
}
