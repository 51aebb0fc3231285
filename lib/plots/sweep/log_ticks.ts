/**
 * Places and texts of ticks on a logarithmic axis: 1, 2 and 5 of each decade, or the powers of ten alone where that would be
 * too many; plotly's own crowd on small figures.
 */
export function logTicks(low: number, high: number): { tickvals: number[]; ticktext: string[] } {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const leading = Math.log10(high / low) > 2.5 ? [1] : [1, 2, 5];
  const all = Array.from({ length: to - from + 1 }, (_, i) => leading.map((digit) => Number(`${digit}e${from + i}`)));
  // Half a tick beyond the ends, so that a narrow range has one at all.
  const tickvals = all.flat().filter((value) => value >= low / 1.5 && value <= high * 1.5);
  return { tickvals, ticktext: tickvals.map(String) };
}
