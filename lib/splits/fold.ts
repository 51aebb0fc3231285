import type { z } from "zod";
import type { ManifestRow } from "../datasets/manifest.ts";
import { integer, maybeInteger, maybeText, schemaOf, type Shaped, text } from "../files/json_shape.ts";

/** The three sides of a fold. */
export type Side = "train" | "validation" | "test";

/** One training and its judgement: which rows it may fit on, choose by, and be judged by. */
export interface Fold {
  /** Counts from 0; runs on over repeats and over the inner folds of a nested protocol. */
  fold: number;
  /** Seed of the training (initialisation, shuffling, augmentation); the rows don't depend on it. */
  seed: number;
  /** Row indices in ascending order. */
  train: Int32Array;
  validation: Int32Array;
  test: Int32Array;
  /** The source that is left out, or the repeat: for the report. */
  name?: string;
  /**
   * Number of the outer fold of a nested protocol. Folds that share it have one test part, and their validation parts together
   * are the rest: what one network leaves to be chosen is chosen on rows that another trained on.
   */
  outer?: number;
  /** Subjects that the official split has on both sides and that the protocol keeps: a leak to be shown. */
  shared: string[];
}

/** One fold in `splits.json`. */
const shape = {
  fold: integer,
  seed: integer,
  name: maybeText,
  outer: maybeInteger,
  /** Sorted subjects of each side; a recording without a subject stands as `recording:PATH`. */
  train: [text],
  validation: [text],
  test: [text],
  shared: [text],
};
export type FoldSubjects = Shaped<typeof shape>;
export const foldSubjects: z.ZodType<FoldSubjects> = schemaOf(shape);

/** Name of the group that a row belongs to by itself: its subject, or its recording where no subject is known. */
export function subjectKey(row: Pick<ManifestRow, "subject" | "recording">): string {
  return row.subject === "" ? `recording:${row.recording}` : row.subject;
}

/** What makes a manifest row, or the prediction for it, the same as another. */
export function rowKey(row: Pick<ManifestRow, "recording" | "start" | "end" | "label">): string {
  return `${row.recording}\n${row.start}\n${row.end}\n${row.label}`;
}

/** The content of `splits.json`: the sorted subjects of every side. */
export function foldsToJson(rows: readonly ManifestRow[], folds: readonly Fold[]): FoldSubjects[] {
  const subjects = (side: Int32Array) => [...new Set(Array.from(side, (row) => subjectKey(rows[row])))].sort();
  return folds.map(({ train, validation, test, ...rest }) => (
    { ...rest, train: subjects(train), validation: subjects(validation), test: subjects(test) }
  ));
}

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
