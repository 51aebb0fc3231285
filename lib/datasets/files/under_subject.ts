import type { ManifestRow } from "../manifest.ts";

/** The row under the one name of several subjects who are joined; what was a visit of one of them is none of another. */
export function underSubject<Row extends Pick<ManifestRow, "subject" | "visit">>(row: Row, subject: string): Row {
  return row.visit === undefined || row.subject === subject
    ? { ...row, subject }
    : { ...row, subject, visit: `${row.subject}/${row.visit}` };
}
