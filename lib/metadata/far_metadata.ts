import type { ManifestRow } from "../datasets/manifest.ts";
import { type MetadataColumn, rawMetadata } from "./metadata_values.ts";

/** Numbers that lie further beyond those of all trainings than one standard deviation, each with what these were: `"age 98000 (from 1 to 17 in training)"`. */
export function farMetadata(
  networks: readonly { metadata?: readonly MetadataColumn[] }[],
  people: readonly Readonly<ManifestRow["attributes"]>[],
): string[] {
  const numbers = networks.flatMap(({ metadata = [] }) => metadata).filter(({ range }) => range);
  return [...Map.groupBy(numbers, ({ attribute }) => attribute)].flatMap(([attribute, columns]) => {
    const low = Math.min(...columns.map(({ range }) => range![0])),
      high = Math.max(...columns.map(({ range }) => range![1]));
    const beyond = Math.max(...columns.map(({ std }) => std));
    const said = people.map((attributes) => rawMetadata(columns[0], attributes));
    const far = said.filter((value) => value < low - beyond || value > high + beyond);
    return [...new Set(far)].slice(0, 3).map((value) => `${attribute} ${value} (from ${low} to ${high} in training)`);
  });
}
