import type { ManifestRow } from "../datasets/manifest.ts";
import { type Fold, type Side, subjectKey } from "./fold.ts";
import { rowGroups } from "./row_groups.ts";
import type { PlanOptions } from "./divide_rows.ts";
import { classesEverywhere, fittingProtocol } from "./fitting_protocol.ts";
import { type Protocol, protocol as schema } from "./protocol.ts";

/**
 * Sentences about folds that can be trained and judged but whose figures need care: a class with too few subjects to be in
 * every part, a class that a fold can't learn or can't be judged on, and unknown subjects.
 */
export function foldWarnings(rows: readonly ManifestRow[], folds: readonly Fold[]): string[] {
  const classes = [...new Set(rows.map((row) => row.label))].sort();
  const distinct = folds.filter((fold) => fold.seed === folds[0].seed);
  return [
    ...unknownSubjects(rows),
    ...classes.flatMap((label) => lonelyClass(rows, label)),
    ...classes.flatMap((label) => [
      ...missingClass(rows, distinct, { label, side: "train", means: "it can't be recognised there" }),
      ...missingClass(rows, distinct, { label, side: "validation", means: "choices there are made without it" }),
      ...missingClass(rows, distinct, { label, side: "test", means: "scores of these folds leave it out" }),
    ]),
  ];
}

function unknownSubjects(rows: readonly ManifestRow[]): string[] {
  const unknown = new Set(rows.filter((row) => row.subject === "").map((row) => row.recording)).size;
  const means = "each counts as a subject of its own, so a patient may be on two sides";
  return unknown === 0 ? [] : [`The subject of ${unknown} recordings is unknown: ${means}.`];
}

function lonelyClass(rows: readonly ManifestRow[], label: string): string[] {
  const { of, keys } = rowGroups(rows);
  const holders = new Set(rows.flatMap((row, i) => row.label === label ? [of[i]] : []));
  if (holders.size > 1) return [];
  const [holder] = holders, means = "a model can't be told from one that knows this subject";
  return [`All ${label} comes from one subject (${keys[holder]}): ${means}.`];
}

function missingClass(
  rows: readonly ManifestRow[],
  folds: readonly Fold[],
  { label, side, means }: { label: string; side: Side; means: string },
): string[] {
  const missing = folds.filter((fold) => !fold[side].some((row) => rows[row].label === label));
  if (missing.length === 0) return [];
  const subjects = new Set(rows.filter((row) => row.label === label).map(subjectKey)).size;
  const names = [...new Set(missing.map((fold) => String(fold.name ?? fold.fold)))];
  const plural = (count: number, word: string) => count === 1 ? word : `${word}s`;
  const where = `${plural(names.length, "fold")} ${names.slice(0, 8).join(", ")}${names.length > 8 ? ", …" : ""}`;
  const who = `${label} (${subjects} ${plural(subjects, "subject")})`;
  return [`${who} is missing in the ${side} part of ${where}: ${means}.`];
}

/**
 * What speaks against folds before anything is trained: which class misses where, and the setting by which every class is in
 * every part where one is known. Sentences.
 */
export function planWarnings(
  rows: readonly ManifestRow[],
  folds: readonly Fold[],
  { protocol, ...options }: PlanOptions & { protocol: Protocol },
): string[] {
  const warnings = foldWarnings(rows, folds);
  if (classesEverywhere(rows, folds)) return warnings;
  const fitting = fittingProtocol(rows, schema.parse(protocol), options);
  return fitting ? [...warnings, `Every class is in every part of every fold with ${fitting}.`] : warnings;
}
