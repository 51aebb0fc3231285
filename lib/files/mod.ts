/**
 * Files that are whole or not there: atomic writing, hashing, NPY, CSV; and progress of what takes long.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { formatCsv, parseCsv } from "./mod.ts";
 * expect(parseCsv(formatCsv([{ subject: "a, b", age: 4 }]), "x.csv")).toEqual([{ subject: "a, b", age: "4" }]);
 * ```
 *
 * @module
 */
export * from "./write_atomic.ts";
export * from "./visible_text.ts";
export * from "./write_atomic.ts";
export * from "./file_inside.ts";
export * from "./visible_text.ts";
export * from "./hash_bytes.ts";
export * from "./csv.ts";
export { unmarked } from "./formula_mark.ts";
export * from "./decode_text.ts";
export * from "./table.ts";
export * from "./npy.ts";
export * from "./package_url.ts";
export * from "./format_parquet.ts";
export * from "./progress.ts";
export * from "./markdown_table.ts";
