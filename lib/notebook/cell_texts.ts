/**
 * What the cells of a table say, row by row. A column that holds a number that isn't whole shows all of its numbers with
 * as many decimal places.
 */
export function cellTexts(
  rows: readonly Record<string, unknown>[],
  { columns, digits }: { columns: readonly string[]; digits: number },
): string[][] {
  const isFraction = (value: unknown) =>
    typeof value === "number" && Number.isFinite(value) && !Number.isInteger(value);
  const decimal = columns.map((name) => rows.some((row) => isFraction(row[name])));
  const text = (value: unknown, column: number) => {
    if (value === null || value === undefined) return "";
    if (Number.isNaN(value)) return "–";
    if (typeof value === "number" && Number.isFinite(value) && decimal[column]) return value.toFixed(digits);
    return typeof value === "object" ? JSON.stringify(value) : String(value);
  };
  return rows.map((row) => columns.map((name, c) => text(row[name], c)));
}
