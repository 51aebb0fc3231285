import type { ManifestRow } from "../datasets/manifest.ts";
import { type MetadataColumn, rawMetadata } from "./metadata_values.ts";

type Networks = readonly { metadata?: readonly MetadataColumn[] }[];
type People = readonly Readonly<ManifestRow["attributes"]>[];

/**
 * The attributes that networks are given beside the sound and that are known of none of these people: nothing is said, or
 * another word than in training (`"98 cm"` where numbers were learned from).
 */
export function unknownMetadata(networks: Networks, people: People): string[] {
  const given = Map.groupBy(networks.flatMap(({ metadata = [] }) => metadata), ({ attribute }) => attribute);
  return [...given].filter(([, columns]) => !people.some((attributes) => isKnown(columns, attributes)))
    .map(([attribute]) => attribute);
}

function isKnown(columns: readonly MetadataColumn[], attributes: People[number]): boolean {
  if (rawMetadata({ ...columns[0], kind: "missing" }, attributes) === 1) return false;
  const told = columns.filter(({ kind }) => kind !== "missing");
  // Where all who are known were the same in training, there is a column for what is missing alone.
  if (told.length === 0) return true;
  return told.some((column) => {
    const value = rawMetadata(column, attributes);
    return column.kind === "category" ? value === 1 : Number.isFinite(value);
  });
}

/**
 * Numbers that lie further beyond those of all trainings than one standard deviation, each with what these were:
 * `"age 98000 (from 1 to 17 in training)"`.
 */
export function farMetadata(networks: Networks, people: People): string[] {
  const numbers = networks.flatMap(({ metadata = [] }) => metadata).filter(({ range }) => range);
  return [...Map.groupBy(numbers, ({ attribute }) => attribute)].flatMap(([attribute, columns]) => {
    const low = Math.min(...columns.map(({ range }) => range![0]));
    const high = Math.max(...columns.map(({ range }) => range![1]));
    const beyond = Math.max(...columns.map(({ std }) => std));
    const said = people.map((attributes) => rawMetadata(columns[0], attributes));
    const far = said.filter((value) => value < low - beyond || value > high + beyond);
    return [...new Set(far)].slice(0, 3).map((value) => `${attribute} ${value} (from ${low} to ${high} in training)`);
  });
}
