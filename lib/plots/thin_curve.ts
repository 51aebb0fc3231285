export interface CurvePoint {
  x: number;
  y: number;
}

/**
 * A curve with fewer points that no eye tells apart: a point goes where it lies within `step` of the last one that
 * stays, in x and in y, both of which run from 0 to 1. First and last stay. Half a million points become at most `2 / step`
 * for a curve that only rises.
 */
export function thinCurve(points: readonly CurvePoint[], options: { step?: number } = {}): CurvePoint[] {
  const { step = 1 / 400 } = options;
  const kept: CurvePoint[] = points.slice(0, 1);
  for (let i = 1; i < points.length; i++) {
    const last = kept.at(-1)!;
    const next = points[Math.min(i + 1, points.length - 1)];
    const far = Math.abs(next.x - last.x) > step || Math.abs(next.y - last.y) > step;
    if (far || i === points.length - 1) kept.push(points[i]);
  }
  return kept;
}
