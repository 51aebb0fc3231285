/** A round frequency and where it lies on an axis of bands. */
export interface BandTick {
  hz: number;
  /** Position in bands, 0 for the centre of the lowest; between two bands where the frequency lies between. */
  band: number;
}

const ROUND_HZ = [20, 50, 100, 150, 200, 300, 400, 700, 1000, 1500, 2000, 3000, 4000, 6000, 8000, 12000, 16000];

/**
 * Round frequencies for an axis of Mel bands, at least `apart` of the axis from one another.
 *
 * @param bandsHz Centre of each band, Hz, rising.
 */
export function bandTicks(bandsHz: readonly number[], options: { apart?: number } = {}): BandTick[] {
  const { apart = 0.09 } = options;
  const ticks: BandTick[] = [];
  for (const hz of ROUND_HZ) {
    const above = bandsHz.findIndex((centre) => centre >= hz);
    if (above < 0 || (above === 0 && bandsHz[0] > hz)) continue;
    const below = Math.max(0, above - 1);
    const gap = bandsHz[above] - bandsHz[below];
    const band = gap === 0 ? above : below + (hz - bandsHz[below]) / gap;
    const last = ticks.at(-1);
    if (last === undefined || band - last.band >= apart * bandsHz.length) ticks.push({ hz, band });
  }
  return ticks;
}
