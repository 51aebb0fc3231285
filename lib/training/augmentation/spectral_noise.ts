import type { WindowShape } from "../../features/mod.ts";
import type { RandomStream } from "../../random/mod.ts";

/** Options of {@linkcode spectralNoise}. */
export interface SpectralNoiseOptions {
  shape: WindowShape;
  stream: RandomStream;
  /** Lowest and highest signal-to-noise ratio, dB; drawn between them. */
  snr: readonly [number, number];
  /** Unit of the features: decibels, or the natural logarithm of a power. */
  unit: "dB" | "ln";
}

/** Fluctuations drawn for a window; a prime, so that the bands of two frames don't get the same row of them. */
const POOL = 1021;

/**
 * Feature domain. Stationary noise of a random colour at a random ratio, added as a power to each band: in a log spectrum
 * `log(exp(x) + exp(n))`, as in the parallel model combination of Gales and Young 1996, the phases between sound and noise
 * left out. The noise has the exponentially distributed powers of a periodogram and falls from none to 12 dB over the bands.
 * {@linkcode addNoise} does it to samples.
 *
 * @param features `[frames, bands, channels]`, logarithms of powers.
 * @returns `[frames, bands, channels]`
 */
export function spectralNoise(features: Float32Array, options: SpectralNoiseOptions): Float32Array {
  const { shape: { bands, channels }, stream, snr: [lowest, highest], unit } = options;
  const perPower = unit === "dB" ? 10 / Math.LN10 : 1;
  const powers = Float64Array.from(features, (value) => Math.exp(value / perPower));
  const fall = stream.uniform(0, 12) / 10 * Math.LN10 / Math.max(1, bands - 1);
  const fluctuation = Float64Array.from({ length: POOL }, () => -Math.log(1 - stream.uniform()));
  const level = Float64Array.from({ length: bands }, (_, band) => Math.exp(-fall * band));
  const noise = powers.map((_, i) => fluctuation[i % POOL] * level[Math.floor(i / channels) % bands]);
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
  const scale = sum(powers) / sum(noise) / 10 ** (stream.uniform(lowest, highest) / 10);
  return Float32Array.from(powers, (power, i) => perPower * Math.log(power + scale * noise[i]));
}
