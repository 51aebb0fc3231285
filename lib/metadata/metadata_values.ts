import { z } from "zod";
import type { ManifestRow } from "../datasets/manifest.ts";
import { maybeText, number, schemaOf, type Shaped, text } from "../files/json_shape.ts";

type Attributes = ManifestRow["attributes"];

const KINDS = ["number", "category", "missing"] as const;
const column = {
  attribute: text,
  /** The number itself, whether it is of {@linkcode MetadataColumn.category}, or whether it isn't known. */
  kind: z.enum(KINDS) as z.ZodType<typeof KINDS[number]>,
  category: maybeText,
  /** Lowest and highest of a number over the training rows; not in bundles of earlier versions. */
  range: z.tuple([number, number]).optional() as z.ZodOptional<z.ZodTuple<[z.ZodNumber, z.ZodNumber]>>,
  /** Over the training rows, before it was standardised. */
  mean: number,
  std: z.number().positive() as z.ZodNumber,
};
/** A number that a network is given beside the sound. */
export type MetadataColumn = Shaped<typeof column>;
export const metadataColumn: z.ZodType<MetadataColumn> = schemaOf(column);

/** What a column says of somebody before it is standardised; NaN where the attribute isn't known. */
export function rawMetadata(
  { attribute, kind, category }: Pick<MetadataColumn, "attribute" | "kind" | "category">,
  attributes: Attributes,
): number {
  const value = plainValue(attributes[attribute]);
  if (kind === "missing") return Number(value === "");
  if (value === "") return NaN;
  return kind === "category" ? Number(value === category) : Number(value);
}

/** A category without case and blanks around it; `""` where nothing is known. */
export function plainValue(value: string | number | undefined): string {
  return value === undefined ? "" : String(value).trim().toLowerCase();
}

/**
 * The columns of somebody, standardised as those of the training rows; what isn't known, and what is no number where numbers
 * were learned from, becomes their mean.
 *
 * @returns `[columns]`
 */
export function metadataValues(columns: readonly MetadataColumn[], attributes: Attributes): Float32Array {
  return Float32Array.from(columns, (column) => {
    const value = rawMetadata(column, attributes);
    return Number.isFinite(value) ? (value - column.mean) / column.std : 0;
  });
}
