import { expect } from "expect";
import fc from "fast-check";
import { z } from "zod";
import { openInput } from "../../features/mod.ts";
import { randomStream } from "../../random/mod.ts";
import {
  augment,
  augmentation,
  augmentations,
  defineAugmentation,
  type Example,
  type ResolvedAugmentation,
  type WindowExample,
} from "./mod.ts";

const SHAPE = { frames: 12, bands: 9, channels: 2 };
const LEVELS = openInput({ preset: "respirenet", seconds: 1, padding: "zero" }).spectrum!;
const KINDS = augmentations.all().map(({ definition: { name } }) => name);

function example(seed: number, label = 0, { frames, bands, channels } = SHAPE): WindowExample {
  const stream = randomStream(seed, "example");
  const target = new Float32Array(3);
  target[label] = 1;
  const features = Float32Array.from({ length: frames * bands * channels }, () => stream.normal() * 10 - 40);
  const mean = new Float32Array(bands * channels).fill(-40);
  const bandsHz = Array.from({ length: bands }, (_, band) => 50 * (1 + band));
  const spectrum = { ...LEVELS, bandsHz };
  return { features, target, weight: 2, frames, bands, channels, mean, spectrum };
}

function augmented(options: ResolvedAugmentation, seed: number, shape = SHAPE): Example {
  const partner = (of: "any" | "same-class") => example(99, of === "any" ? 1 : 0, shape);
  const { features, target, weight } = changed(example(0, 0, shape), options, { seed, partner });
  return { features, target, weight };
}

function changed(
  given: WindowExample,
  options: ResolvedAugmentation,
  { seed = 0, partner = () => example(5), twice = true }: {
    seed?: number;
    partner?: (of: "any" | "same-class") => Example;
    twice?: boolean;
  } = {},
): WindowExample {
  augment(given, options, { random: randomStream(seed, "augment"), partner, twice });
  return given;
}

for (const kind of KINDS) {
  const always = augmentation.parse({ kind, probability: 1 });

  Deno.test(`${kind} changes an example, the same way for a seed and another way for another`, () => {
    expect(augmented(always, 1)).toEqual(augmented(always, 1));
    expect(augmented(always, 1).features).not.toEqual(example(0).features);
    expect(augmented(always, 1).features).not.toEqual(augmented(always, 2).features);
    fc.assert(fc.property(fc.integer(), (seed) => {
      const { features, target, weight } = augmented(always, seed);
      expect(features.every(Number.isFinite)).toBe(true);
      // Mixed or not, the classes sum to 1 and equal weights stay what they were.
      expect(target.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      expect(weight).toBeCloseTo(2, 5);
    }));
  });

  Deno.test(`${kind} leaves every example alone at probability 0, and its partner always`, () => {
    expect(augmented({ ...always, probability: 0 }, 3)).toEqual(augmented({ ...always, probability: 0 }, 4));
    const partner = example(5);
    changed(example(4), always, { partner: () => partner });
    expect(partner).toEqual(example(5));
  });
}

Deno.test("every augmentation takes windows of any shape, one value included", () => {
  const extent = fc.integer({ min: 1, max: 5 });
  const shapes = fc.record({ frames: extent, bands: extent, channels: extent });
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), shapes, fc.integer(), (kind, shape, seed) => {
      const { features } = augmented(augmentation.parse({ kind, probability: 1 }), seed, shape);
      expect(features.length).toBe(shape.frames * shape.bands * shape.channels);
      expect(features.every(Number.isFinite)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

Deno.test("augmentation takes a name alone and refuses options that it doesn't know", () => {
  expect(augmentation.parse("mixup")).toEqual({ kind: "mixup", probability: 0.5, alpha: 0.4 });
  expect(augmentation.safeParse({ kind: "gain", decibels: 3 }).success).toBe(false);
  expect(augmentation.safeParse("reverb").success).toBe(false);
});

const own = (name: string, apply: (example: WindowExample) => void) =>
  augmentation.parse(defineAugmentation({ name, options: z.strictObject({}), apply })());

Deno.test("an augmentation of one's own changes windows, once where it is applied", () => {
  const louder = own("louder", ({ features }) => features.forEach((value, i) => features[i] = value + 1));
  expect(changed(example(1), louder).features[0]).toBeCloseTo(example(1).features[0] + 1, 4);
});

Deno.test("an augmentation that fails, leaves its arrays or gives no numbers is named with its module", () => {
  const failing = own("failing", () => {
    throw new RangeError("no idea");
  });
  expect(() => changed(example(1), failing)).toThrow(/RangeError: no idea.*"failing" of .*augmentations_test/);
  const replacing = own("replacing", (example) => example.features = example.features.slice());
  expect(() => changed(example(1), replacing)).toThrow(/in place.*"replacing"/);
  const unbounded = own("unbounded", ({ features }) => features.fill(NaN, 3, 4));
  expect(() => changed(example(1), unbounded)).toThrow(/NaN.*"unbounded"/);
});

Deno.test("an augmentation that doesn't follow its stream is found when it is called again", () => {
  let calls = 0;
  const moody = own("moody", ({ features }) => features[0] = calls++);
  expect(() => changed(example(1), moody)).toThrow(/called again.*"moody"/);
  changed(example(1), moody, { twice: false });
});
