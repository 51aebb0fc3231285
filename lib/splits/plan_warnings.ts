import type { ManifestRow } from "../datasets/manifest.ts";
import type { PlanOptions } from "./divide_rows.ts";
import { classesEverywhere, fittingProtocol } from "./fitting_protocol.ts";
import type { Fold } from "./fold.ts";
import { foldWarnings } from "./fold_warnings.ts";
import { type Protocol, protocol as schema } from "./protocol.ts";

/**
 * What speaks against folds before anything is trained: which class misses where, and the setting by which every class is in
 * every part where one is known. Sentences.
 */
export function planWarnings(
  rows: readonly ManifestRow[],
  folds: readonly Fold[],
  { protocol, ...options }: PlanOptions & { protocol: Protocol },
): string[] {
  const warnings = foldWarnings(rows, folds);
  if (classesEverywhere(rows, folds)) return warnings;
  const fitting = fittingProtocol(rows, schema.parse(protocol), options);
  return fitting === undefined
    ? warnings
    : [...warnings, `Every class is in every part of every fold with ${fitting}.`];
}
