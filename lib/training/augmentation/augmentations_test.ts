import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../../random/mod.ts";
import { augmentation, type ResolvedAugmentation } from "../mod.ts";
import { augment, type Example } from "./mod.ts";

const [FRAMES, N_MELS] = [12, 9];
const KINDS = [
  "time-shift",
  "time-stretch",
  "spec-augment",
  "gain",
  "random-filter",
  "noise",
  "vtlp",
  "mixup",
  "cutmix",
  "patch-mix",
  "concatenate",
] as const;

function example(seed: number, label = 0, size = FRAMES * N_MELS): Example {
  const stream = randomStream(seed, "example");
  const target = new Float32Array(3);
  target[label] = 1;
  return {
    features: Float32Array.from({ length: size }, () => stream.normal() * 10 - 40),
    target,
    weight: 2,
  };
}

function augmented(options: ResolvedAugmentation, seed: number): Example {
  const stream = randomStream(seed, "augment");
  const partner = (of: "any" | "same-class") => example(99, of === "any" ? 1 : 0);
  return augment(example(0), options, {
    shape: { frames: FRAMES, bands: N_MELS, channels: 1 },
    stream,
    fill: new Float32Array(N_MELS).fill(-40),
    partner,
  });
}

for (const kind of KINDS) {
  const always = augmentation.parse({ kind, probability: 1 });

  Deno.test(`${kind} changes an example, the same way for a seed and another way for another`, () => {
    expect(augmented(always, 1)).toEqual(augmented(always, 1));
    expect(augmented(always, 1).features).not.toEqual(example(0).features);
    expect(augmented(always, 1).features).not.toEqual(augmented(always, 2).features);
    fc.assert(fc.property(fc.integer(), (seed) => {
      const { features, target, weight } = augmented(always, seed);
      expect(features.length).toBe(FRAMES * N_MELS);
      expect(features.every(Number.isFinite)).toBe(true);
      // Mixed or not, the classes sum to 1 and equal weights stay what they were.
      expect(target.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      expect(weight).toBeCloseTo(2, 5);
    }));
  });

  Deno.test(`${kind} leaves every example alone at probability 0, and its argument always`, () => {
    const never = { ...always, probability: 0 };
    expect(augmented(never, 3)).toEqual(example(0));
    const before = example(4);
    const given = example(4);
    const context = {
      shape: { frames: FRAMES, bands: N_MELS, channels: 1 },
      stream: randomStream(0, "a"),
      fill: new Float32Array(N_MELS),
    };
    augment(given, always, { ...context, partner: () => example(5) });
    expect(given).toEqual(before);
  });
}

Deno.test("every augmentation takes windows of any shape, one value included", () => {
  const extent = fc.integer({ min: 1, max: 5 });
  fc.assert(
    fc.property(
      fc.constantFrom(...KINDS),
      extent,
      extent,
      extent,
      fc.integer(),
      (kind, frames, bands, channels, seed) => {
        const always = augmentation.parse({ kind, probability: 1 });
        const shape = { frames, bands, channels }, size = frames * bands * channels;
        const partner = () => example(99, 1, size);
        const fill = new Float32Array(bands * channels);
        const context = { shape, stream: randomStream(seed, "augment"), fill, partner };
        const { features } = augment(example(seed, 0, size), always, context);
        expect(features.length).toBe(size);
        expect(features.every(Number.isFinite)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

Deno.test("channels that are alike stay alike, and as they would be alone", () => {
  const twice = (values: Float32Array) => Float32Array.from({ length: 2 * values.length }, (_, i) => values[i >> 1]);
  // Noise is drawn for each value, and so differs.
  for (const kind of KINDS.filter((kind) => kind !== "noise")) {
    const [one, two] = [1, 2].map((channels) => {
      const as = (values: Float32Array) => channels === 1 ? values : twice(values);
      const of = (seed: number) => ({ ...example(seed), features: as(example(seed).features) });
      const shape = { frames: FRAMES, bands: N_MELS, channels };
      const fill = as(Float32Array.from({ length: N_MELS }, (_, band) => band));
      const context = { shape, stream: randomStream(3, kind), fill, partner: () => of(99) };
      return augment(of(1), augmentation.parse({ kind, probability: 1 }), context).features;
    });
    expect(two).toEqual(twice(one));
  }
});

Deno.test("augmentation takes a name alone and refuses options that it doesn't know", () => {
  expect(augmentation.parse("mixup")).toEqual({ kind: "mixup", probability: 0.5, alpha: 0.4 });
  expect(() => augmentation.parse({ kind: "gain", decibels: 3 })).toThrow(/decibels/);
  expect(() => augmentation.parse("reverb")).toThrow(/kind/);
});
