/** A score or another figure: three decimals, whole where it is in the hundreds, as costs are; a dash for none. */
export function shownFigure(value: number | null | undefined): string {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(3);
}

/** A difference with its sign: `"+0.012"`. */
export function signed(value: number | null): string {
  return `${value && value > 0 ? "+" : value && value < 0 ? "−" : ""}${shownFigure(value && Math.abs(value))}`;
}

/** Both ends of an interval, or a dash. */
export function between(
  { low, high }: { low: number | null; high: number | null },
  { shown = shownFigure, to = " – " }: { shown?: (value: number) => string; to?: string } = {},
): string {
  return low === null || high === null ? "–" : `${shown(low)}${to}${shown(high)}`;
}
