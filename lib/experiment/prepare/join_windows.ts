import type { LabelledWindows } from "./labelled_windows.ts";

/** The windows of both; those of a row stay together, the first ones before the second. @param shift Of the second one's rows. */
export function joinWindows(first: LabelledWindows, second: LabelledWindows, shift = 0): LabelledWindows {
  const rows = Int32Array.from([...first.rows, ...second.rows.map((row) => row + shift)]);
  const byRow = Map.groupBy(rows.keys(), (window) => rows[window]);
  return {
    ...first,
    count: rows.length,
    rows,
    labels: Int32Array.from([...first.labels, ...second.labels]),
    sources: Int32Array.from([...first.sources!, ...second.sources!]),
    starts: Float64Array.from([...first.starts, ...second.starts]),
    read: (index, into, offset) =>
      index < first.count ? first.read(index, into, offset) : second.read(index - first.count, into, offset),
    of: (wanted) => Int32Array.from(Array.from(wanted).flatMap((row) => byRow.get(row) ?? [])),
  };
}
