import type { ManifestRow } from "../datasets/manifest.ts";
import { unionFind } from "../statistics/mod.ts";
import { subjectKey } from "./fold.ts";

/** What must stay together although the subjects differ: lists of recordings that are (near-)duplicates. */
export type LinkedRecordings = readonly (readonly string[])[];

/** Rows by the group that must not be divided. */
export interface RowGroups {
  /** Group of each row, `0 … keys.length - 1`. */
  of: Int32Array;
  /** Name of each group, ascending: the smallest subject in it. It doesn't depend on the order of the rows. */
  keys: string[];
}

/**
 * The groups that no split may divide: rows of one subject, of one recording, or of recordings that are linked as
 * duplicates, closed over chains of links. A row without a subject is grouped with its own recording only.
 */
export function rowGroups(rows: readonly ManifestRow[], duplicates: LinkedRecordings = []): RowGroups {
  const component = unionFind(rows.length, links(rows, duplicates));
  const smallest = new Map<number, string>();
  rows.forEach((row, i) => {
    const key = subjectKey(row), known = smallest.get(component[i]);
    if (known === undefined || key < known) smallest.set(component[i], key);
  });
  const keys = [...smallest.values()].sort();
  const index = new Map(keys.map((key, i) => [key, i]));
  return { of: component.map((root) => index.get(smallest.get(root)!)!), keys };
}

function* links(rows: readonly ManifestRow[], duplicates: LinkedRecordings): Generator<[number, number]> {
  const bySubject = new Map<string, number>(), byRecording = new Map<string, number>();
  for (const [i, row] of rows.entries()) {
    for (const [first, key] of [[bySubject, subjectKey(row)], [byRecording, row.recording]] as const) {
      if (first.has(key)) yield [first.get(key)!, i];
      else first.set(key, i);
    }
  }
  for (const group of duplicates) {
    const known = group.filter((recording) => byRecording.has(recording)).map((name) => byRecording.get(name)!);
    for (const other of known.slice(1)) yield [known[0], other];
  }
}
