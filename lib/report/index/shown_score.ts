/** Three decimals, none for costs in the thousands. */
export function shownScore(value: number | null): string {
  return value === null ? "–" : Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en") : value.toFixed(3);
}
