import type { ManifestRow } from "../datasets/manifest.ts";
import { type MetadataColumn, plainValue } from "./metadata_values.ts";

/** The attributes that networks are given beside the sound and that are known of none of these people. */
export function unknownMetadata(
  networks: readonly { metadata?: readonly MetadataColumn[] }[],
  people: readonly Readonly<ManifestRow["attributes"]>[],
): string[] {
  const given = new Set(networks.flatMap(({ metadata = [] }) => metadata.map(({ attribute }) => attribute)));
  return [...given].filter((name) => people.every((attributes) => plainValue(attributes[name]) === ""));
}
