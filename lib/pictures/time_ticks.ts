/** Round times from 0 to the end of a sound, seconds, at most about `most` of them. */
export function timeTicks(seconds: number, most = 8): number[] {
  const step = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, 120].find((every) => seconds / every <= most) ?? 300;
  return Array.from({ length: Math.floor(seconds / step + 1e-9) + 1 }, (_, i) => Number((i * step).toFixed(1)));
}
