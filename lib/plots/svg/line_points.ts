/** A place in a picture, pixels. */
export type Point = [number, number];

/**
 * The corners of a line through points as plotly draws its shape: `hv` goes across and then up or down to the next
 * point, `vh` the other way round, and every other shape straight there.
 */
export function linePoints(points: readonly Point[], shape = "linear"): Point[] {
  return points.flatMap(([x, y], i): Point[] => {
    const before = points[i - 1];
    if (before === undefined || (shape !== "hv" && shape !== "vh")) return [[x, y]];
    return [shape === "hv" ? [x, before[1]] : [before[0], y], [x, y]];
  });
}
