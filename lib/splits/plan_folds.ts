import { checked, DataError } from "../errors/mod.ts";
import type { ManifestRow } from "../datasets/manifest.ts";
import { divideRows, type PlanOptions } from "./divide_rows.ts";
import { fittingProtocol } from "./fitting_protocol.ts";
import type { Fold } from "./fold.ts";
import { type Protocol, protocol as schema } from "./protocol.ts";

export type { PlanOptions };

/**
 * The folds of a protocol: the same for the same rows (in any order), seed and duplicates. Every seed of the
 * protocol trains on the same folds; the folds come seed by seed.
 *
 * @throws {DataError} where there are fewer groups than folds, or a side would be empty or hold a single class to learn; it
 * says which setting would do, if one does.
 * @throws {LeakError} where an official split has subjects on both sides and `sharedSubjects` is `"refuse"`.
 */
export function planFolds(rows: readonly ManifestRow[], protocol: Protocol, options: PlanOptions): Fold[] {
  const resolved = checked(schema, protocol, { expected: "a protocol", where: "planFolds()" });
  try {
    return divideRows(rows, resolved, options);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    const fitting = fittingProtocol(rows, resolved, options);
    if (fitting === undefined) throw error;
    throw new DataError({ ...error.problem, remedy: `${error.problem.remedy}, or ask for what fits: ${fitting}` });
  }
}
