// Runs in a page as well: no file, no Deno.
import type { RandomStream } from "../random/random_stream.ts";
import type { LogSpectrum } from "./open_input.ts";

/** Numbers that a device is drawn by. */
export interface DeviceRanges {
  /** Steepest slope of the response, up or down, dB an octave. */
  tilt: number;
  /** Most resonances and gaps. */
  peaks: number;
  /** Highest or deepest of these, dB. */
  range: number;
  /** Largest change of loudness, dB. */
  gain: number;
  /** Highest floor of the device's noise, dB against the loudest moment and band; the lowest lies 40 dB below it. */
  noise: number;
}

/** Usual ones. */
export const DEVICES: Readonly<DeviceRanges> = { tilt: 3, peaks: 3, range: 9, gain: 6, noise: -40 };

/** Between the lowest and the highest floor, dB. */
const FLOORS = 40;

/** What a device does: `[bands]` factors of powers, and its noise against the loudest. */
export interface Device {
  factors: Float64Array;
  floor: number;
}

/** A random device for windows of these bands. */
export function drawDevice(
  { noise, ...ranges }: DeviceRanges,
  { bandsHz }: Pick<LogSpectrum, "bandsHz">,
  random: RandomStream,
): Device {
  const response = drawResponse(ranges, bandsHz, random);
  return {
    factors: Float64Array.from(bandsHz, (hz) => 10 ** (response(hz) / 10)),
    floor: 10 ** (random.uniform(noise - FLOORS, noise) / 10),
  };
}

/** A random response between the lowest and the highest of some frequencies: dB at a frequency in Hz. */
export function drawResponse(
  { tilt, peaks, range, gain }: Omit<DeviceRanges, "noise">,
  bandsHz: readonly number[],
  random: RandomStream,
): (hz: number) => number {
  const [low, high] = [Math.log2(bandsHz[0]), Math.log2(bandsHz.at(-1)!)];
  const loudness = random.uniform(-gain, gain), slope = random.uniform(-tilt, tilt);
  const curves = Array.from({ length: random.integer(peaks + 1) }, () => ({
    middle: random.uniform(low, high),
    octaves: random.uniform(0.25, 1), // their standard deviation
    height: random.uniform(-range, range),
  }));
  return (hz) => {
    const octave = Math.log2(hz);
    const bumps = curves.map(({ middle, octaves, height }) =>
      height * Math.exp(-(((octave - middle) / octaves) ** 2) / 2)
    );
    return bumps.reduce((sum, one) => sum + one, loudness + slope * (octave - (low + high) / 2));
  };
}

/**
 * A window as it is heard through a device: in powers, so that it is what a filter gives that is smooth over a band.
 *
 * @param features `[frames, bands, channels]`
 */
export function throughDevice(
  features: Float32Array,
  { factors, floor }: Device,
  { spectrum: { relative, powers, values }, channels }: { spectrum: LogSpectrum; channels: number },
): Float32Array {
  const heard = powers(features), before = largest(heard);
  for (let i = 0; i < heard.length; i++) heard[i] *= factors[Math.floor(i / channels) % factors.length];
  const loudest = largest(heard), noise = floor * loudest;
  const scale = relative ? before / (loudest + noise) : 1;
  for (let i = 0; i < heard.length; i++) heard[i] = (heard[i] + noise) * scale;
  return values(heard);
}

function largest(values: Float32Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, value);
  return most;
}
