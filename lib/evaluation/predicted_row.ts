import type { ManifestRow } from "../datasets/manifest.ts";

/** What a prediction repeats of the manifest row that it is of. */
export function predictedRow(
  { recording, subject, visit, source, start, end, label }: ManifestRow,
): Omit<ManifestRow, "part" | "attributes"> {
  return { recording, subject, ...visit === undefined ? {} : { visit }, source, start, end, label };
}
