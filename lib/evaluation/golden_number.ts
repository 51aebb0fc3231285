/** A number of the golden files: `"NaN"` and `"Infinity"` are text there, and a warned value is wrapped. For tests only. */
export function goldenNumber(value: unknown): number {
  if (typeof value === "object" && value !== null && "value" in value) return goldenNumber(value.value);
  return typeof value === "number" ? value : String(value).startsWith("NaN") ? NaN : Number(value);
}
