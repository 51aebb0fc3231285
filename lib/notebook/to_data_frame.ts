import type { ColumnTable } from "arquero";
import { InputError } from "../errors/mod.ts";

/**
 * Rows as a data frame, an Arquero table, for `groupby`, `rollup`, `join`: manifests, predictions, histories, sweeps. Fields that
 * are objects become columns of their own, `attributes.age`.
 *
 * @throws {InputError} for no rows: a table has no columns then.
 */
export async function toDataFrame(rows: readonly object[]): Promise<ColumnTable> {
  if (rows.length === 0) throw new InputError({ expected: "at least one row", found: "none", where: "toDataFrame()" });
  const { from } = await import("arquero");
  const flat = rows.map((row) => flatten(row));
  const columns = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return from(flat.map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? NaN]))));
}

function flatten(row: object, prefix = ""): Record<string, unknown> {
  return Object.assign(
    {},
    ...Object.entries(row).map(([key, value]) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? flatten(value, `${prefix}${key}.`)
        : { [prefix + key]: Array.isArray(value) ? JSON.stringify(value) : value }
    ),
  );
}
