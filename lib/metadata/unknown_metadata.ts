import type { ManifestRow } from "../datasets/manifest.ts";
import { type MetadataColumn, rawMetadata } from "./metadata_values.ts";

/**
 * The attributes that networks are given beside the sound and that are known of none of these people: nothing is said, or
 * another word than in training (`"98 cm"` where numbers were learned from).
 */
export function unknownMetadata(
  networks: readonly { metadata?: readonly MetadataColumn[] }[],
  people: readonly Readonly<ManifestRow["attributes"]>[],
): string[] {
  const given = Map.groupBy(networks.flatMap(({ metadata = [] }) => metadata), ({ attribute }) => attribute);
  return [...given].filter(([, columns]) => !people.some((attributes) => isKnown(columns, attributes)))
    .map(([attribute]) => attribute);
}

function isKnown(columns: readonly MetadataColumn[], attributes: Readonly<ManifestRow["attributes"]>): boolean {
  if (rawMetadata({ ...columns[0], kind: "missing" }, attributes) === 1) return false;
  const told = columns.filter(({ kind }) => kind !== "missing");
  // Where all who are known were the same in training, there is a column for what is missing alone.
  if (told.length === 0) return true;
  return told.some((column) => {
    const value = rawMetadata(column, attributes);
    return column.kind === "category" ? value === 1 : Number.isFinite(value);
  });
}
