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
