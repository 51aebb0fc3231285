import type { ManifestRow } from "../datasets/manifest.ts";
import { AuscultError } from "../errors/mod.ts";
import type { PlanOptions } from "./divide_rows.ts";
import { classesEverywhere, fittingProtocol } from "./fitting_protocol.ts";
import type { Fold } from "./fold.ts";
import { foldWarnings } from "./fold_warnings.ts";
import { planFolds } from "./plan_folds.ts";
import { type Protocol, protocol as schema } from "./protocol.ts";

/**
 * What speaks against dividing rows by a protocol, before anything is trained: why it can't be, or which class misses where
 * and the setting by which none does. Sentences; none where every class is in every part.
 *
 * @param rows All rows of the manifest, as `experiment` takes them.
 */
export function protocolProblems(rows: readonly ManifestRow[], protocol: Protocol, options: PlanOptions): string[] {
  try {
    return planWarnings(rows, planFolds(rows, protocol, options), { protocol, ...options });
  } catch (error) {
    if (error instanceof AuscultError) return [error.message];
    throw error;
  }
}

/** The warnings of folds, and the setting by which every class is in every part where one is known. */
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
