import { quantile } from "../../statistics/cluster_bootstrap.ts";
import { realFft } from "../fft.ts";

/** How the energy in a part of the spectrum is spread over a recording. */
export interface BandMovement {
  /** Hz. */
  low: number;
  /** Hz. */
  high: number;
  /** Median over the frames, dB against the mean of all bands' medians. */
  level: number;
  /** From the median to the loudest tenth of the frames, dB. */
  swell: number;
  /** From the quietest tenth of the frames to the median, dB. */
  dip: number;
  /** Median change from one frame to the next, dB: small for breath, large for rubbing and speech. */
  flicker: number;
}

/** Octaves over heart and lung sounds, Hz. */
const EDGES = [50, 100, 200, 400, 800, 1600, 2000];

/** Seconds. */
const FRAME = 0.064;

/** Frames are at least this far below the mean, dB, so that digital silence has a level. */
const FLOOR = -90;

/** The movement of each octave band up to 0.9 of Nyquist, in a recording of at least one frame of 64 ms. */
export function bandMovement(samples: Float32Array, { sampleRate }: { sampleRate: number }): BandMovement[] {
  const bands = EDGES.slice(1).map((high, i) => ({ low: EDGES[i], high })).filter(({ high }) =>
    high <= 0.9 * sampleRate / 2 || high === 2000 && sampleRate >= 4000
  );
  const levels = frameLevels(samples, { sampleRate, bands });
  const sorted = levels.map((level) => level.toSorted());
  const medians = sorted.map((level) => quantile(level, 0.5));
  const mean = medians.reduce((sum, x) => sum + x, 0) / medians.length;
  return bands.map((band, i) => ({
    ...band,
    level: medians[i] - mean,
    swell: quantile(sorted[i], 0.9) - medians[i],
    dip: medians[i] - quantile(sorted[i], 0.1),
    flicker: quantile(levels[i].subarray(1).map((x, t) => Math.abs(x - levels[i][t])).sort(), 0.5) || 0, // of one frame
  }));
}

/** Energy of each band in each frame (Hann window, half overlapping), dB: `[bands][frames]`. */
function frameLevels(
  samples: Float32Array,
  { sampleRate, bands }: { sampleRate: number; bands: { low: number; high: number }[] },
): Float64Array[] {
  const nFft = 2 * Math.round(FRAME * sampleRate / 2);
  const { nBins, forward } = realFft(nFft);
  const window = Float64Array.from({ length: nFft }, (_, i) => 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / nFft));
  const frame = new Float32Array(nFft), spectrum = new Float32Array(2 * nBins);
  const count = 1 + Math.max(0, Math.floor((samples.length - nFft) / (nFft / 2)));
  const energies = bands.map(() => new Float64Array(count));
  const bins = bands.map(({ low, high }) => ({
    first: Math.ceil(low * nFft / sampleRate),
    behind: Math.min(nBins, Math.ceil(high * nFft / sampleRate)),
  }));
  let total = 0;
  for (let t = 0, start = 0; t < count; t++, start += nFft / 2) {
    const length = Math.min(nFft, samples.length - start);
    for (let i = 0; i < length; i++) frame[i] = samples[start + i] * window[i];
    forward(frame, spectrum);
    for (let b = 0; b < bins.length; b++) {
      const { first, behind } = bins[b];
      let energy = 0;
      for (let k = first; k < behind; k++) energy += spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
      energies[b][t] = energy;
      total += energy;
    }
  }
  const floor = 10 ** (FLOOR / 10) * (total / count || 1);
  return energies.map((energy) => energy.map((x) => 10 * Math.log10(x + floor)));
}
