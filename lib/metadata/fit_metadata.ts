import type { ManifestRow } from "../datasets/manifest.ts";
import { DataError } from "../errors/mod.ts";
import { type MetadataColumn, plainValue, rawMetadata } from "./metadata_values.ts";

/**
 * How what is known of patients and recordings becomes numbers: numbers as they are, one column a category, and one that
 * says where nothing is known, all to be standardised by these rows. What doesn't differ among them has no column.
 *
 * @param people Attributes of training rows only: those of others would tell of them.
 * @param names Of the attributes: `["age", "sex"]`.
 * @throws {DataError} where nothing differs.
 */
export function fitMetadata(people: readonly ManifestRow["attributes"][], names: readonly string[]): MetadataColumn[] {
  const columns = names.flatMap((attribute) => {
    const known = people.map((one) => plainValue(one[attribute])).filter((value) => value !== "");
    const numbers = known.every((value) => Number.isFinite(Number(value)));
    const categories = [...new Set(known)].sort();
    return [
      ...numbers ? [{ attribute, kind: "number" } as const] : categories.map((category) => (
        { attribute, kind: "category", category } as const
      )),
      { attribute, kind: "missing" } as const,
    ].flatMap((column): MetadataColumn[] => {
      const values = people.map((one) => rawMetadata(column, one)).filter(Number.isFinite);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const std = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
      if (!(std > 1e-9)) return []; // nobody is known, or all are alike
      const range: [number, number] = [Math.min(...values), Math.max(...values)];
      return [{ ...column, ...column.kind === "number" ? { range } : {}, mean, std }];
    });
  });
  if (columns.length > 0) return columns;
  throw new DataError({
    expected: `rows that differ in ${names.join(" or ")}`,
    found: "none in a training part",
    where: "metadata",
    remedy: "name other attributes, or leave metadata out",
  });
}
