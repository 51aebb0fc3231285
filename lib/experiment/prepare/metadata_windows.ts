import type { ManifestRow } from "../../datasets/mod.ts";
import { type MetadataColumn, metadataValues } from "../../metadata/mod.ts";
import type { LabelledWindows } from "./labelled_windows.ts";

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
