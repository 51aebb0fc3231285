import { z } from "zod";
import type { Options } from "../../parts/mod.ts";
import type { RandomStream } from "../../random/mod.ts";
import { type AugmentationPart, defineAugmentation } from "./define_augmentation.ts";

const deviceResponseOptions = {
  /** Steepest slope of the response, up or down, dB an octave. */
  tilt: z.number().min(0).default(3) as z.ZodDefault<z.ZodNumber>,
  /** Most resonances and gaps. */
  peaks: z.int().min(0).default(3) as z.ZodDefault<z.ZodNumber>,
  /** Highest or deepest of these, dB. */
  range: z.number().min(0).default(9) as z.ZodDefault<z.ZodNumber>,
  /** Largest change of loudness, dB; it shows only where levels aren't told against the loudest. */
  gain: z.number().min(0).default(6) as z.ZodDefault<z.ZodNumber>,
  /** Highest floor of the device's noise, dB against the loudest moment and band; the lowest lies 40 dB below it. */
  noise: z.number().max(0).default(-40) as z.ZodDefault<z.ZodNumber>,
};

/** Numbers that a response is drawn by. */
export type ResponseRanges = z.output<Options<Pick<typeof deviceResponseOptions, "tilt" | "peaks" | "range" | "gain">>>;

/** Between the lowest and the highest floor, dB. */
const FLOORS = 40;

/**
 * What another stethoscope makes of a sound: a smooth random response (a slope, resonances and gaps as normal curves over octaves), loudness,
 * and a floor of noise that is equal in all bands. After FilterAugment (Nam et al. 2022), which draws straight lines; in powers, so that it is
 * what a filter gives that is smooth over a band.
 */
export const deviceResponse: AugmentationPart<"device-response", Options<typeof deviceResponseOptions>> =
  defineAugmentation({
    name: "device-response",
    options: z.strictObject(deviceResponseOptions),
    needs: "log-spectrum",
    apply({ features, bands, channels, spectrum }, { noise, ...ranges }, random) {
      const { bandsHz, relative, powers, values } = spectrum!;
      const response = drawResponse(ranges, bandsHz, random);
      const floor = 10 ** (random.uniform(noise - FLOORS, noise) / 10);
      const before = powers(features);
      const heard = before.map((power, i) => power * 10 ** (response(bandsHz[Math.floor(i / channels) % bands]) / 10));
      const loudest = largest(heard);
      const noisy = heard.map((power) => power + floor * loudest);
      const scale = relative ? largest(before) / largest(noisy) : 1;
      features.set(values(noisy.map((power) => power * scale)));
    },
  });

/** A random response between the lowest and the highest of some frequencies: dB at a frequency in Hz. */
export function drawResponse(
  { tilt, peaks, range, gain }: ResponseRanges,
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

function largest(values: Float32Array): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}
