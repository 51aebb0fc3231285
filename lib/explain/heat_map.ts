/** Where a network looked: one number a point of the spectrogram, 0 to 1. */
export interface HeatMap {
  frames: number;
  nMels: number;
  /** `[frames, nMels]`, row-major; all 0 where nothing speaks for the class, else the largest is 1. */
  heat: Float32Array;
}

/** A heat map from raw values: what is negative becomes 0, the largest becomes 1. */
export function heatMap(values: ArrayLike<number>, { frames, nMels }: { frames: number; nMels: number }): HeatMap {
  const heat = Float32Array.from(values, (value) => Math.max(0, value));
  const top = heat.reduce((a, b) => Math.max(a, b), 0);
  if (top > 0) { for (let i = 0; i < heat.length; i++) heat[i] /= top; }
  return { frames, nMels, heat };
}
