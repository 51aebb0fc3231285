/** Where a network looked: one number a frame and band, for all its channels, 0 to 1. */
export interface HeatMap {
  frames: number;
  bands: number;
  /** `[frames, bands]`, row-major; all 0 where nothing speaks for the class, else the largest is 1. */
  heat: Float32Array;
}

/** A heat map from raw values: what is negative becomes 0, the largest becomes 1. */
export function heatMap(values: ArrayLike<number>, { frames, bands }: { frames: number; bands: number }): HeatMap {
  const heat = Float32Array.from(values, (value) => Math.max(0, value));
  const top = heat.reduce((a, b) => Math.max(a, b), 0);
  if (top > 0) { for (let i = 0; i < heat.length; i++) heat[i] /= top; }
  return { frames, bands, heat };
}

/**
 * A matrix stretched to another size, linear between the centres of its cells and constant beyond the outermost (as
 * `align_corners=False` in PyTorch).
 *
 * @param values `[from[0], from[1]]`, row-major; `from` and `to` are its height and width.
 */
export function upsampleBilinear(
  values: ArrayLike<number>,
  { from, to }: { from: readonly number[]; to: readonly number[] },
): Float32Array {
  const rows = neighbours(from[0], to[0]), columns = neighbours(from[1], to[1]);
  const stretched = new Float32Array(to[0] * to[1]);
  const at = (row: number, column: number) => values[row * from[1] + column];
  rows.forEach((row, i) => {
    columns.forEach((column, j) => {
      const top = at(row.low, column.low) * (1 - column.share) + at(row.low, column.high) * column.share;
      const bottom = at(row.high, column.low) * (1 - column.share) + at(row.high, column.high) * column.share;
      stretched[i * to[1] + j] = top * (1 - row.share) + bottom * row.share;
    });
  });
  return stretched;
}

function neighbours(from: number, to: number): { low: number; high: number; share: number }[] {
  return Array.from({ length: to }, (_, i) => {
    const centre = Math.min(from - 1, Math.max(0, (i + 0.5) * from / to - 0.5));
    const low = Math.floor(centre);
    return { low, high: Math.min(from - 1, low + 1), share: centre - low };
  });
}
