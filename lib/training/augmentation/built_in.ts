import { z } from "zod";
import { DEVICES, drawDevice, throughDevice } from "../../features/device_response.ts";
import type { CalledPart, DescribedBy, Options } from "../../parts/mod.ts";
import type { RandomStream } from "../../random/mod.ts";
import {
  type AugmentationPart,
  augmentations,
  defineAugmentation,
  mixTargets,
  type ResolvedAugmentation,
} from "./define_augmentation.ts";

const share: z.ZodNumber = z.number().min(0).max(1);

const timeShiftOptions = {
  /** Largest shift to either side, as a share of the window. */
  maxShare: share.default(0.5) as z.ZodDefault<z.ZodNumber>,
};

/**
 * Turns the window round in time; what leaves at one end comes in at the other, so that no sound is lost (Salamon and
 * Bello 2017 shift the samples).
 */
export const timeShift: AugmentationPart<"time-shift", Options<typeof timeShiftOptions>> = defineAugmentation({
  name: "time-shift",
  options: z.strictObject(timeShiftOptions),
  apply({ features, frames, bands, channels }, { maxShare }, random) {
    const shift = Math.round(random.uniform(-maxShare, maxShare) * frames);
    const start = ((shift % frames) + frames) % frames * bands * channels;
    const end = features.slice(features.length - start);
    features.copyWithin(start, 0, features.length - start);
    features.set(end);
  },
});

const specAugmentOptions = {
  /** Widest mask over bands. */
  bands: z.int().min(0).default(8) as z.ZodDefault<z.ZodNumber>,
  /** Longest mask over frames. */
  frames: z.int().min(0).default(16) as z.ZodDefault<z.ZodNumber>,
  /** Masks of each kind. */
  masks: z.int().min(1).default(1) as z.ZodDefault<z.ZodNumber>,
};

/**
 * Masks runs of bands and of frames by their mean (Park et al. 2019, without the time warp, which they found to matter
 * least).
 */
export const specAugment: AugmentationPart<"spec-augment", Options<typeof specAugmentOptions>> = defineAugmentation({
  name: "spec-augment",
  options: z.strictObject(specAugmentOptions),
  apply({ features, mean, ...shape }, { bands, frames, masks }, random) {
    const row = shape.bands * shape.channels;
    const span = (widest: number, extent: number): [number, number] => {
      const width = random.integer(Math.min(widest, extent) + 1);
      const start = random.integer(extent - width + 1);
      return [start, start + width];
    };
    for (let mask = 0; mask < masks; mask++) {
      const [low, high] = span(bands, shape.bands).map((band) => band * shape.channels);
      for (let start = 0; start < features.length; start += row) features.set(mean.subarray(low, high), start + low);
      const [from, to] = span(frames, shape.frames);
      for (let frame = from; frame < to; frame++) features.set(mean, frame * row);
    }
  },
});

const gainOptions = {
  /** Largest change in the unit of the features, dB for the presets in dB. */
  range: z.number().positive().default(6) as z.ZodDefault<z.ZodNumber>,
};

/** Louder or softer: adds one random number to all values. */
export const gain: AugmentationPart<"gain", Options<typeof gainOptions>> = defineAugmentation({
  name: "gain",
  options: z.strictObject(gainOptions),
  apply({ features }, { range }, random) {
    const change = random.uniform(-range, range);
    features.forEach((value, i) => features[i] = value + change);
  },
});

const randomFilterOptions = {
  /** Largest gain at a corner, in the unit of the features. */
  range: z.number().positive().default(6) as z.ZodDefault<z.ZodNumber>,
  /** Corners of the frequency response, its ends included. */
  corners: z.int().min(2).default(5) as z.ZodDefault<z.ZodNumber>,
};

/**
 * Another microphone: adds a random frequency response, straight lines between random gains at random bands
 * (FilterAugment of Nam et al. 2022, the linear kind). For log spectra, where a filter adds.
 */
export const randomFilter: AugmentationPart<"random-filter", Options<typeof randomFilterOptions>> = defineAugmentation({
  name: "random-filter",
  options: z.strictObject(randomFilterOptions),
  needs: "frequencies",
  apply({ features, bands, channels }, { range, corners }, random) {
    const inner = Array.from({ length: corners - 2 }, () => random.uniform(0, bands - 1)).sort((a, b) => a - b);
    const places = [0, ...inner, bands - 1];
    const gains = places.map(() => random.uniform(-range, range));
    const response = Float32Array.from({ length: bands }, (_, band) => {
      const right = Math.max(1, places.findIndex((place) => place >= band));
      const [from, to] = [places[right - 1], places[right]];
      const share = to > from ? (band - from) / (to - from) : 0;
      return gains[right - 1] + share * (gains[right] - gains[right - 1]);
    });
    features.forEach((value, i) => features[i] = value + response[Math.floor(i / channels) % bands]);
  },
});

const deviceResponseOptions = {
  /** Steepest slope of the response, up or down, dB an octave. */
  tilt: z.number().min(0).default(DEVICES.tilt) as z.ZodDefault<z.ZodNumber>,
  /** Most resonances and gaps. */
  peaks: z.int().min(0).default(DEVICES.peaks) as z.ZodDefault<z.ZodNumber>,
  /** Highest or deepest of these, dB. */
  range: z.number().min(0).default(DEVICES.range) as z.ZodDefault<z.ZodNumber>,
  /** Largest change of loudness, dB; it shows only where levels aren't told against the loudest. */
  gain: z.number().min(0).default(DEVICES.gain) as z.ZodDefault<z.ZodNumber>,
  /** Highest floor of the device's noise, dB against the loudest moment and band; the lowest lies 40 dB below it. */
  noise: z.number().max(0).default(DEVICES.noise) as z.ZodDefault<z.ZodNumber>,
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

const mixupOptions = {
  /** How often an example is mixed with another. */
  probability: share.default(0.5) as z.ZodDefault<z.ZodNumber>,
  /** Of Beta(alpha, alpha), which mixtures are drawn from: near 0 hardly any, 1 all equally likely. */
  alpha: z.number().positive().default(0.4) as z.ZodDefault<z.ZodNumber>,
};

/** Lays another window over this one, and mixes their classes by the same share (Zhang et al. 2018). */
export const mixup: AugmentationPart<"mixup", Options<typeof mixupOptions>> = defineAugmentation({
  name: "mixup",
  options: z.strictObject(mixupOptions),
  partner: "any",
  apply(example, { alpha }, random) {
    const { features, partner } = example;
    const share = drawBeta(random, alpha);
    features.forEach((value, i) => features[i] = share * value + (1 - share) * partner!.features[i]);
    mixTargets(example, partner!, share);
  },
});

/** A draw from Beta(alpha, alpha), as the ratio of two gamma deviates. */
export function drawBeta(stream: RandomStream, alpha: number): number {
  const a = drawGamma(stream, alpha);
  const b = drawGamma(stream, alpha);
  // Both underflow to 0 for an alpha of a hundredth and less, where the draw is 0 or 1.
  return a + b > 0 ? a / (a + b) : stream.integer(2);
}

/** Marsaglia and Tsang 2000; below shape 1 by their boost `Gamma(shape + 1) u^(1 / shape)`. */
function drawGamma(stream: RandomStream, shape: number): number {
  if (shape < 1) return drawGamma(stream, shape + 1) * stream.uniform() ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = stream.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - stream.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** An augmentation as it is described in an experiment: by its name, or with its options. */
export type AugmentationOptions =
  | DescribedBy<
    typeof timeShift | typeof specAugment | typeof gain | typeof randomFilter | typeof deviceResponse | typeof mixup
  >
  | CalledPart<"augmentation">;

/** An augmentation and its options; `kind` names it. */
export const augmentation = augmentations.schema as z.ZodType<ResolvedAugmentation, AugmentationOptions>;
