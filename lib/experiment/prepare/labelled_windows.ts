import type { Manifest } from "../../datasets/mod.ts";
import type { FeatureStore } from "../../features/mod.ts";
import type { ExampleSource } from "../../training/mod.ts";

/** The windows of a manifest's rows, as training reads them. */
export interface LabelledWindows extends ExampleSource {
  /** `[count]`: manifest row of each window. */
  rows: Int32Array;
  /** `[count]`: where each window begins in its recording, s. */
  starts: Float64Array;
  /** Window indices of the given manifest rows, in their order. */
  of(rows: Int32Array): Int32Array;
}

/** Joins a feature store, whose items are the manifest's rows, with their labels. */
export function labelledWindows(store: FeatureStore, manifest: Manifest): LabelledWindows {
  const classOf = new Map(manifest.classes.map((name, index) => [name, index]));
  const sourceNames = [...new Set(manifest.rows.map((row) => row.source))].toSorted();
  const rows = Int32Array.from(store.windows, ({ item }) => item);
  const byRow = Map.groupBy(rows.keys(), (window) => rows[window]);
  return {
    count: store.count,
    frames: store.frames,
    bands: store.bands,
    channels: store.channels,
    spectrum: store.spectrum,
    classes: manifest.classes.length,
    shares: (window) => manifest.rows[rows[window]].shares,
    labels: rows.map((row) => classOf.get(manifest.rows[row].label)!),
    sources: rows.map((row) => sourceNames.indexOf(manifest.rows[row].source)),
    rows,
    starts: Float64Array.from(store.windows, ({ start }) => start),
    read: (index, into, offset) => store.read(index, into, offset),
    of: (wanted) => Int32Array.from(Array.from(wanted).flatMap((row) => byRow.get(row) ?? [])),
  };
}
