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

/**
 * The movement of each octave band that a recording of this rate holds (up to 0.9 of Nyquist).
 *
 * @param samples At least one frame of 64 ms.
 */
export function bandMovement(samples: Float32Array, { sampleRate }: { sampleRate: number }): BandMovement[] {
  const bands = EDGES.slice(1).map((high, i) => ({ low: EDGES[i], high })).filter(({ high }) =>
    high <= 0.9 * sampleRate / 2 || high === 2000 && sampleRate >= 4000
  );
  const levels = frameLevels(samples, { sampleRate, bands });
  const medians = levels.map((level) => quantile(level, 0.5));
  const mean = medians.reduce((sum, x) => sum + x, 0) / medians.length;
  return bands.map((band, i) => ({
    ...band,
    level: medians[i] - mean,
    swell: quantile(levels[i], 0.9) - medians[i],
    dip: medians[i] - quantile(levels[i], 0.1),
    flicker: quantile(changes(levels[i]), 0.5),
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
  let total = 0;
  for (let t = 0; t < count; t++) {
    for (let i = 0; i < nFft; i++) frame[i] = (samples[t * nFft / 2 + i] ?? 0) * window[i];
    forward(frame, spectrum);
    for (const [b, { low, high }] of bands.entries()) {
      for (let k = Math.ceil(low * nFft / sampleRate); k < high * nFft / sampleRate && k < nBins; k++) {
        energies[b][t] += spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
      }
      total += energies[b][t];
    }
  }
  const floor = 10 ** (FLOOR / 10) * (total / count || 1);
  return energies.map((energy) => energy.map((x) => 10 * Math.log10(x + floor)));
}

function changes(values: Float64Array): Float64Array {
  return values.length < 2 ? Float64Array.of(0) : values.subarray(1).map((x, i) => Math.abs(x - values[i]));
}

/** Linear between the order statistics, as numpy's default. */
function quantile(values: Float64Array, share: number): number {
  const sorted = values.toSorted();
  const at = share * (sorted.length - 1), below = Math.floor(at);
  return sorted[below] + (at - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
}
