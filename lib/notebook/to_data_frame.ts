import process from "node:process";
import type { DataFrame } from "danfojs-node";
import { InputError } from "../errors/mod.ts";

/**
 * Rows as a danfo DataFrame, for `groupby`, `merge`, `describe`: manifests, predictions, histories, sweeps. Fields that
 * are objects become columns of their own, `attributes.age`.
 *
 * @throws {InputError} for no rows: a DataFrame has no columns then.
 */
export async function toDataFrame(rows: readonly object[]): Promise<DataFrame> {
  if (rows.length === 0) throw new InputError({ expected: "at least one row", found: "none", where: "toDataFrame()" });
  process.noDeprecation = true; // one of danfo's dependencies would warn under every cell that loads it
  const { DataFrame } = await import("danfojs-node");
  const flat = rows.map((row) => flatten(row));
  const columns = [...new Set(flat.flatMap((row) => Object.keys(row)))];
  return new DataFrame(flat.map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? NaN]))));
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
