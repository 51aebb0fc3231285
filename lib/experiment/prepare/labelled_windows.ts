import type { Manifest, ManifestRow } from "../../datasets/mod.ts";
import { type Average, type FeatureStore, type InputOptions, soundViews, windowSize } from "../../features/mod.ts";
import { type MetadataColumn, metadataValues } from "../../metadata/mod.ts";
import type { ExampleSource } from "../../training/mod.ts";
import { type CacheOptions, extractFeatures } from "./extract_features.ts";
import type { RowFeatures } from "../../floors/mod.ts";

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
  const { count, frames, bands, channels, spectrum } = store;
  const sourceNames = [...new Set(manifest.rows.map((row) => row.source))].toSorted();
  const rows = Int32Array.from(store.windows, ({ item }) => item);
  return {
    ...{ count, frames, bands, channels, spectrum, rows, of: windowsOf(rows), classes: manifest.classes.length },
    shares: (window) => manifest.rows[rows[window]].shares,
    labels: rows.map((row) => manifest.classes.indexOf(manifest.rows[row].label)),
    sources: rows.map((row) => sourceNames.indexOf(manifest.rows[row].source)),
    starts: Float64Array.from(store.windows, ({ start }) => start),
    read: (index, into, offset) => store.read(index, into, offset),
  };
}

function windowsOf(rows: Int32Array): LabelledWindows["of"] {
  const byRow = Map.groupBy(rows.keys(), (window) => rows[window]);
  return (wanted) => Int32Array.from(Array.from(wanted).flatMap((row) => byRow.get(row) ?? []));
}

/** Labelled windows with the store that they are read from, which is closed with them. */
export interface OpenWindows extends LabelledWindows, Disposable {
  store: FeatureStore;
}

/** What {@linkcode extractFeatures} gives, labelled. */
export async function openWindows(
  manifest: Manifest,
  input: InputOptions,
  options: CacheOptions,
): Promise<OpenWindows> {
  const store = await extractFeatures(manifest, input, options);
  return { ...labelledWindows(store, manifest), store, [Symbol.dispose]: () => store.close() };
}

/** The windows of both; those of a row stay together, the first ones before the second. @param shift Of the second one's rows. */
export function joinWindows(first: LabelledWindows, second: LabelledWindows, shift = 0): LabelledWindows {
  const rows = Int32Array.from([...first.rows, ...second.rows.map((row) => row + shift)]);
  return {
    ...first,
    count: rows.length,
    rows,
    of: windowsOf(rows),
    labels: Int32Array.from([...first.labels, ...second.labels]),
    sources: Int32Array.from([...first.sources!, ...second.sources!]),
    starts: Float64Array.from([...first.starts, ...second.starts]),
    read: (index, into, offset) =>
      index < first.count ? first.read(index, into, offset) : second.read(index - first.count, into, offset),
  };
}

/** The windows with what is known of their rows beside the sound; as they are for a network that is given none. */
export function metadataWindows(
  windows: LabelledWindows,
  rows: readonly ManifestRow[],
  columns: readonly MetadataColumn[] | undefined,
): LabelledWindows {
  if (columns === undefined) return windows;
  const values = (index: number) => metadataValues(columns, rows[windows.rows[index]].attributes);
  return { ...windows, metadata: { width: columns.length, values } };
}

/** The windows of rows that are judged: as they are, and what else is heard of them, as further windows of their rows. */
export async function openViews(
  windows: LabelledWindows,
  { manifest, input, average, ...options }: CacheOptions & {
    manifest: Manifest;
    input: InputOptions;
    average: Average | undefined;
  },
): Promise<LabelledWindows & Disposable> {
  using opened = new DisposableStack();
  let judged = windows;
  for (const { input: heard, change } of average ? soundViews(input, average).slice(1) : []) {
    const view = change ? changedWindows(windows, change) : opened.use(await openWindows(manifest, heard, options));
    judged = joinWindows(judged, view);
  }
  const kept = opened.move();
  return { ...judged, [Symbol.dispose]: () => kept.dispose() };
}

function changedWindows(windows: LabelledWindows, change: (features: Float32Array) => Float32Array): LabelledWindows {
  const size = windowSize(windows);
  return {
    ...windows,
    read(index, into, offset) {
      windows.read(index, into, offset);
      into.set(change(into.subarray(offset, offset + size)), offset);
    },
  };
}

/** Mean, and mean and standard deviation, of each channel of each band over all windows of a row. */
export function rowSpectra(
  { frames, bands, channels, count, rows: rowOf, read }: LabelledWindows,
  rows: number,
): { mean: RowFeatures; meanAndDeviation: RowFeatures; known: Uint8Array } {
  const width = bands * channels;
  const sum = new Float64Array(rows * width), square = new Float64Array(rows * width), seen = new Float64Array(rows);
  const window = new Float32Array(frames * width);
  for (let index = 0; index < count; index++) {
    const row = rowOf[index];
    read(index, window, 0);
    seen[row] += frames;
    for (let i = 0; i < window.length; i++) {
      const at = row * width + i % width;
      sum[at] += window[i];
      square[at] += window[i] ** 2;
    }
  }
  const mean = sum.map((value, at) => value / Math.max(1, seen[Math.floor(at / width)]));
  const both = new Float64Array(2 * rows * width);
  for (let at = 0; at < mean.length; at++) {
    const row = Math.floor(at / width), column = at % width;
    const variance = square[at] / Math.max(1, seen[row]) - mean[at] ** 2;
    both[2 * row * width + column] = mean[at];
    both[(2 * row + 1) * width + column] = Math.sqrt(Math.max(0, variance));
  }
  return {
    mean: { values: mean, width: width },
    meanAndDeviation: { values: both, width: 2 * width },
    known: Uint8Array.from(seen, (frames) => Number(frames > 0)),
  };
}
