/** Round values (1, 2 or 5 times a power of ten) from low to high, about `count` of them. */
export function roundValues(low: number, high: number, count = 5): number[] {
  const [least, greatest] = low < high ? [low, high] : [high, low];
  const rough = (greatest - least) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough)!;
  const first = Math.ceil(least / step - 1e-9);
  const last = Math.floor(greatest / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
