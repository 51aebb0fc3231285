import { join } from "node:path";
import { AuscultError } from "../errors/mod.ts";
import { eachOf } from "./files/each_of.ts";
import type { LoadDatasetOptions } from "./load_dataset.ts";
import type { Manifest, ManifestRow } from "./manifest.ts";
import { recordingDuration } from "./recording_duration.ts";

/** Seconds that a segment may reach beyond the end by rounding. */
const ROUNDING = 0.05;

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
  return {
    ...manifest,
    rows: kept.map((row) => beyond(row) ? { ...row, end: lengths.get(row.recording)! } : row),
    passedOver: [
      ...manifest.passedOver,
      ...left.map(({ recording, start, end }) => ({
        path: `${recording} (${start}-${end} s)`,
        reason: `the segment begins behind the end of the recording, which lasts ${seconds(lengths.get(recording)!)}`,
      })),
    ],
    warnings: [
      ...manifest.warnings ?? [],
      ...told(
        left,
        "left out: begin behind the end of their recordings",
        "left out: it begins behind the end of its recording",
      ),
      ...told(cut, "cut: end behind the end of their recordings", "cut: it ends behind the end of its recording"),
    ],
  };
}

function told(rows: readonly ManifestRow[], many: string, one: string): string[] {
  if (rows.length === 0) return [];
  const { recording, start, end } = rows[0];
  const first = `${recording}, ${start} to ${end} s`;
  const [what, how] = (rows.length === 1 ? one : many).split(": ");
  return [
    rows.length === 1
      ? `A segment was ${what}: ${how} (${first}).`
      : `${rows.length} segments were ${what}, since they ${how} (${first}; …).`,
  ];
}

function seconds(value: number): string {
  return `${Number(value.toFixed(3))} s`;
}

async function lengthOf(path: string, durationOf: (path: string) => Promise<number>): Promise<number> {
  try {
    return await durationOf(path);
  } catch (error) {
    if (error instanceof AuscultError) return Infinity;
    throw error;
  }
}
