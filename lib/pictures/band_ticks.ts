/** A word and where it stands on an axis of bands. */
export interface BandTick {
  /** A round frequency, Hz, or the name of a band. */
  label: string;
  /** Position in bands, 0 for the centre of the lowest; between two bands where the frequency lies between. */
  band: number;
}

/** The middle of each band, Hz, rising; or where bands have none, their names. */
export type BandAxis = readonly number[] | readonly string[];

const ROUND_HZ = [20, 50, 100, 150, 200, 300, 400, 700, 1000, 1500, 2000, 3000, 4000, 6000, 8000, 12000, 16000];

/**
 * Round frequencies for an axis of bands, or some of their names, at least `apart` of the axis from one another.
 */
export function bandTicks(bands: BandAxis, options: { apart?: number } = {}): BandTick[] {
  const { apart = 0.09 } = options;
  const least = apart * bands.length;
  if (!isHertz(bands)) {
    const step = Math.max(1, Math.ceil(least));
    return bands.map((label, band) => ({ label, band })).filter(({ band }) => (bands.length - 1 - band) % step === 0);
  }
  const ticks: BandTick[] = [];
  for (const hz of ROUND_HZ) {
    const above = bands.findIndex((centre) => centre >= hz);
    if (above < 0 || (above === 0 && bands[0] > hz)) continue;
    const below = Math.max(0, above - 1);
    const gap = bands[above] - bands[below];
    const band = gap === 0 ? above : below + (hz - bands[below]) / gap;
    const last = ticks.at(-1);
    if (last === undefined || band - last.band >= least) ticks.push({ label: String(hz), band });
  }
  return ticks;
}

/** What stands beside an axis of bands. */
export function bandTitle(bands: BandAxis): string {
  return isHertz(bands) ? "frequency (Hz)" : "band";
}

const isHertz = (bands: BandAxis): bands is readonly number[] => typeof bands[0] === "number";
