import type { ManifestRow } from "../datasets/manifest.ts";
import { subjectKey } from "../splits/fold.ts";

/**
 * Name of what a score by recording or by subject judges once. Of a subject with several visits that is each visit, as the
 * challenge of 2022 counts children whom it saw twice; the subject stays what no split parts and no interval counts twice.
 */
export function unitKey(
  row: Pick<ManifestRow, "recording" | "subject" | "visit">,
  unit: "recording" | "subject",
): string {
  if (unit === "recording") return row.recording;
  return row.visit === undefined ? subjectKey(row) : `${subjectKey(row)}, visit ${row.visit}`;
}
