import { join } from "node:path";
import { AuscultError } from "../errors/mod.ts";
import { eachOf } from "./files/dataset_files.ts";
import { recordingDuration } from "./recording_duration.ts";
import type { LoadDatasetOptions } from "./load_dataset.ts";
import type { Manifest, ManifestRow } from "./manifest.ts";

const ROUNDING = 0.05; // seconds that a segment may reach beyond the end by rounding

/**
 * The manifest with segments that end where their recordings do, so that what is counted is what is heard. A segment that
 * begins behind the end is passed over; where a file can't be read, the features' own list names it.
 */
export async function cutToRecordings(
  manifest: Manifest,
  { durationOf = recordingDuration }: Pick<LoadDatasetOptions, "durationOf"> = {},
): Promise<Manifest> {
  const names = [...new Set(manifest.rows.map(({ recording }) => recording))];
  const lengths = new Map(
    await eachOf(names, async (name) => [name, await lengthOf(join(manifest.folder, name), durationOf)] as const),
  );
  const beyond = ({ recording, end }: ManifestRow) => end > lengths.get(recording)! + ROUNDING;
  const behind = ({ recording, start }: ManifestRow) => start >= lengths.get(recording)! - 1e-3;
  const left = manifest.rows.filter(behind);
  const cut = manifest.rows.filter((row) => beyond(row) && !behind(row));
  if (left.length + cut.length === 0) return manifest;
  const kept = manifest.rows.filter((row) => !behind(row));
  const secondsOf = (recording: string) => Number(lengths.get(recording)!.toFixed(3));
  return {
    ...manifest,
    rows: kept.map((row) => beyond(row) ? { ...row, end: lengths.get(row.recording)! } : row),
    passedOver: [
      ...manifest.passedOver,
      ...left.map(({ recording, start, end }) => ({
        path: `${recording} (${start}-${end} s)`,
        reason: `the segment begins behind the end of the recording, which lasts ${secondsOf(recording)} s`,
      })),
    ],
    warnings: [...manifest.warnings ?? [], ...told(left, "left out", "begin"), ...told(cut, "cut", "end")],
  };
}

function told(rows: readonly ManifestRow[], what: "left out" | "cut", how: "begin" | "end"): string[] {
  if (rows.length === 0) return [];
  const { recording, start, end } = rows[0];
  const first = `${recording}, ${start} to ${end} s`;
  if (rows.length === 1) return [`A segment was ${what}: it ${how}s behind the end of its recording (${first}).`];
  const why = `since they ${how} behind the end of their recordings`;
  return [`${rows.length} segments were ${what}, ${why} (${first}; …).`];
}

async function lengthOf(path: string, durationOf: (path: string) => Promise<number>): Promise<number> {
  try {
    return await durationOf(path);
  } catch (error) {
    if (error instanceof AuscultError) return Infinity;
    throw error;
  }
}
