import type { Manifest, ManifestRow } from "../datasets/mod.ts";
import type { RunData } from "../runs/mod.ts";
import type { Fold } from "../splits/mod.ts";

/** What {@linkcode describeData} needs beside the manifest. */
export interface DescribeDataOptions {
  title: string;
  licence: string;
  citation: string;
  folds: readonly Fold[];
  leakCheck: string[];
  /** Files that could be listed but not read, beside those that the loader passed over. */
  unreadable: { path: string; reason: string }[];
}

/** `data.json`: how much there is of each class, source and part. */
export function describeData(manifest: Manifest, options: DescribeDataOptions): RunData {
  const { rows, classes } = manifest;
  const [first] = options.folds;
  const parts = { train: first.train, validation: first.validation, test: first.test };
  const sources = [...new Set(rows.map((row) => row.source))].toSorted();
  return {
    version: 1,
    dataset: manifest.dataset,
    task: manifest.task,
    title: options.title,
    licence: options.licence,
    citation: options.citation,
    classes,
    total: amount(rows),
    byClass: classes.map((label) => ({ label, ...amount(rows.filter((row) => row.label === label)) })),
    bySource: sources.map((source) => {
      const inside = rows.filter((row) => row.source === source);
      return { source, ...amount(inside), byClass: countByClass(inside, classes) };
    }),
    byPart: Object.entries(parts).map(([part, indices]) => {
      const inside = Array.from(indices, (index) => rows[index]);
      return { part, ...amount(inside), byClass: countByClass(inside, classes) };
    }),
    passedOver: [...manifest.passedOver, ...options.unreadable],
    leakCheck: options.leakCheck,
  };
}

function amount(rows: readonly ManifestRow[]) {
  return {
    subjects: new Set(rows.map((row) => row.subject)).size,
    recordings: new Set(rows.map((row) => row.recording)).size,
    items: rows.length,
    seconds: rows.reduce((sum, row) => sum + row.end - row.start, 0),
  };
}

function countByClass(rows: readonly ManifestRow[], classes: readonly string[]): Record<string, number> {
  return Object.fromEntries(classes.map((label) => [label, rows.filter((row) => row.label === label).length]));
}
