import type { ManifestRow } from "../datasets/manifest.ts";
import { DataError } from "../errors/mod.ts";
import type { RandomStream } from "../random/mod.ts";
import { subjectKey } from "./fold.ts";
import { partitionGroups } from "./partition_groups.ts";
import type { RowGroups } from "./row_groups.ts";

/** What rows are divided by, whatever the protocol. */
export interface Plan {
  rows: readonly ManifestRow[];
  labels: Int32Array;
  groups: RowGroups;
  stream: RandomStream;
}

/** How rows are divided, and what is said where they can't be. */
export interface DrawOptions {
  shares: number[];
  what: string;
  /** What was taken from the rows before. */
  beside?: string;
}

/**
 * Divides some of the rows by whole groups.
 *
 * @throws {DataError} for fewer groups than parts.
 */
export function drawGroups(
  { rows: all, labels, groups, stream }: Plan,
  rows: Int32Array,
  { shares, what, beside }: DrawOptions,
): Int32Array[] {
  const present = [...new Set(Array.from(rows, (row) => groups.of[row]))].sort((a, b) => a - b);
  if (present.length < shares.length) {
    const subjects = new Set(Array.from(rows, (row) => subjectKey(all[row]))).size;
    throw new DataError({
      expected: `at least ${shares.length} subjects for ${what}`,
      found: subjects === present.length
        ? `${present.length}`
        : `${present.length}, since ${subjects} subjects share recordings or hold (nearly) the same sounds`,
      where: beside === undefined ? "the manifest" : `the manifest beside ${beside}`,
      remedy: "add recordings of other subjects",
    });
  }
  const dense = new Map(present.map((group, i) => [group, i]));
  const seen = [...new Set(Array.from(rows, (row) => labels[row]))].sort((a, b) => a - b);
  const part = partitionGroups({
    labels: rows.map((row) => seen.indexOf(labels[row])),
    groups: rows.map((row) => dense.get(groups.of[row])!),
    shares,
    stream,
  });
  return shares.map((_, p) => rows.filter((_, i) => part[i] === p));
}
