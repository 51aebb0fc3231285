import type { Manifest, ManifestRow } from "../../datasets/mod.ts";
import type { FeatureStore } from "../../features/mod.ts";
import type { RunData } from "../../runs/mod.ts";
import { recordingGroups } from "./recording_groups.ts";

/** What {@linkcode describeData} needs beside the manifest. */
export interface DescribeDataOptions
  extends Pick<RunData, "title" | "licence" | "citation" | "fingerprint" | "leakCheck"> {
  /** Manifest rows of each part. */
  parts: Readonly<Record<string, Iterable<number>>>;
  /** Its windows: an item without one is neither learned nor judged. */
  store: Pick<FeatureStore, "windows" | "passedOver">;
}

/** `data.json`: how much there is of each class, source and part. */
export function describeData(manifest: Manifest, options: DescribeDataOptions): RunData {
  const { classes, dataset, task } = manifest;
  const { title, licence, citation, fingerprint, leakCheck, parts, store } = options;
  const used = new Set(Array.from(store.windows, ({ item }) => item));
  const rows = manifest.rows.filter((_, row) => used.has(row));
  const sources = [...new Set(rows.map((row) => row.source))].toSorted();
  const unreadable = store.passedOver.map(({ item, reason }) => {
    const { recording, start, end } = manifest.rows[item];
    return { path: `${recording} (${start}-${end} s)`, reason };
  });
  return {
    version: 1,
    ...{ dataset, task, title, fingerprint, licence, citation, classes },
    total: amount(rows),
    byClass: classes.map((label) => ({ label, ...amount(rows.filter((row) => row.label === label)) })),
    bySource: sources.map((source) => {
      const inside = rows.filter((row) => row.source === source);
      return { source, ...amount(inside), byClass: countByClass(inside, classes) };
    }),
    byPart: Object.entries(parts).map(([part, indices]) => {
      const inside = [...indices].filter((row) => used.has(row)).map((row) => manifest.rows[row]);
      return { part, ...amount(inside), byClass: countByClass(inside, classes) };
    }),
    byGroup: byGroup(
      rows,
      Object.entries(parts).map(([part, indices]) => [part, new Set(Array.from(indices, (row) => manifest.rows[row]))]),
      classes,
    ),
    passedOver: [...manifest.passedOver, ...unreadable],
    leakCheck,
  };
}

function byGroup(
  rows: readonly ManifestRow[],
  parts: readonly [string, ReadonlySet<ManifestRow>][],
  classes: readonly string[],
): RunData["byGroup"] {
  return Object.entries(recordingGroups(rows)).flatMap(([attribute, groups]) =>
    [...new Set(groups.values())].toSorted().map((group) => {
      const inside = rows.filter(({ recording }) => groups.get(recording) === group);
      const subjects = (rows: readonly ManifestRow[]) => new Set(rows.map(({ subject }) => subject)).size;
      return {
        ...{ attribute, group, ...amount(inside) },
        subjectsByPart: Object.fromEntries(
          parts.map(([part, members]) => [part, subjects(inside.filter((row) => members.has(row)))]),
        ),
        subjectsByClass: Object.fromEntries(
          classes.map((label) => [label, subjects(inside.filter((row) => row.label === label))]),
        ),
      };
    })
  );
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
