import { z } from "zod";
import { DEVICES, drawDevice, throughDevice } from "../../features/device_response.ts";
import type { Options } from "../../parts/mod.ts";
import { type AugmentationPart, defineAugmentation } from "./define_augmentation.ts";

const { tilt, peaks, range, gain, noise } = DEVICES;

const deviceResponseOptions = {
  /** Steepest slope of the response, up or down, dB an octave. */
  tilt: z.number().min(0).default(tilt) as z.ZodDefault<z.ZodNumber>,
  /** Most resonances and gaps. */
  peaks: z.int().min(0).default(peaks) as z.ZodDefault<z.ZodNumber>,
  /** Highest or deepest of these, dB. */
  range: z.number().min(0).default(range) as z.ZodDefault<z.ZodNumber>,
  /** Largest change of loudness, dB; it shows only where levels aren't told against the loudest. */
  gain: z.number().min(0).default(gain) as z.ZodDefault<z.ZodNumber>,
  /** Highest floor of the device's noise, dB against the loudest moment and band; the lowest lies 40 dB below it. */
  noise: z.number().max(0).default(noise) as z.ZodDefault<z.ZodNumber>,
};

/**
 * What another stethoscope makes of a sound: a smooth random response (a slope, resonances and gaps as normal curves over
 * octaves), loudness, and a floor of noise that is equal in all bands. After FilterAugment (Nam et al. 2022), which draws
 * straight lines; in powers, so that it is what a filter gives that is smooth over a band.
 */
export const deviceResponse: AugmentationPart<"device-response", Options<typeof deviceResponseOptions>> =
  defineAugmentation({
    name: "device-response",
    options: z.strictObject(deviceResponseOptions),
    needs: "log-spectrum",
    apply({ features, channels, spectrum }, ranges, random) {
      const device = drawDevice(ranges, spectrum!, random);
      features.set(throughDevice(features, device, { spectrum: spectrum!, channels }));
    },
  });
