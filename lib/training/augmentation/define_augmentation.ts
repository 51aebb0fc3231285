import { z } from "zod";
import type { LogSpectrum, WindowShape } from "../../features/mod.ts";
import { type AnyOptions, type CalledPart, type Part, PartKind } from "../../parts/mod.ts";
import type { RandomStream } from "../../random/mod.ts";

/** A window in training: its features, its class probabilities and what it counts in the loss. */
export interface Example {
  /** `[frames, bands, channels]`, not yet standardised. */
  features: Float32Array;
  /** `[classes]` */
  target: Float32Array;
  weight: number;
  /** What is known beside the sound, standardised, where the network is given it; {@linkcode mixTargets} mixes it too. */
  metadata?: Float32Array;
}

/** What an augmentation is given: a window to be changed in place, and what it may draw on. */
export interface WindowExample extends Example, Readonly<WindowShape> {
  /** `[bands, channels]`: mean over the training windows; what is set to it is 0 once standardised. */
  readonly mean: Float32Array;
  /** What its values are, where they are the logarithms of powers by frequency. */
  readonly spectrum?: LogSpectrum;
  /** Another training window, where the definition asks for one; it stays as it is. */
  partner?: Example;
}

/** A change of training windows that leaves their class as it is, or mixes classes by known shares. */
export interface AugmentationDefinition<Name extends string, Options extends z.ZodObject> {
  name: Name;
  /** Its options; `probability`, how often it is applied, is added where it isn't among them. */
  options: Options;
  /** Which other training window it wants to see, drawn anew for each example. */
  partner?: "any" | "same-class";
  /** What bands have to be, so that it means something: frequencies, or those of logarithms of powers. */
  needs?: "frequencies" | "log-spectrum";
  /** Changes `example.features`, `.target` and `.weight` in place; all that is random is drawn from `random`. */
  apply(example: WindowExample, options: z.output<Options>, random: RandomStream): void;
}

/** The augmentations that are known. */
export const augmentations: PartKind<AugmentationDefinition<string, AnyOptions>> = new PartKind(
  "augmentation",
  "an augmentation",
);

const probability = z.number().min(0).max(1);

/**
 * An augmentation of one's own, to be called with its options as an entry of `training.augment` in an experiment.
 *
 * @throws {UsageError} where another module has defined one of that name.
 *
 * @example A sound the wrong way round
 * ```ts
 * import { expect } from "expect";
 * import { z } from "zod";
 * import { defineAugmentation } from "./define_augmentation.ts";
 *
 * const backwards = defineAugmentation({
 *   name: "backwards",
 *   options: z.strictObject({}),
 *   apply({ features, bands, channels }) {
 *     const row = bands * channels;
 *     const before = features.slice();
 *     for (let at = 0; at < before.length; at += row) {
 *       features.set(before.subarray(at, at + row), before.length - row - at);
 *     }
 *   },
 * });
 * expect(backwards({ probability: 0.5 })).toEqual({ kind: "backwards", probability: 0.5 });
 * ```
 */
export function defineAugmentation<const Name extends string, Options extends z.ZodObject>(
  definition: AugmentationDefinition<Name, Options>,
): AugmentationPart<Name, Options> {
  const options = z.strictObject({
    probability: probability.default(1).describe("How often an example is changed so."),
    ...definition.options.shape,
  });
  return augmentations.define({ ...definition, options }) as unknown as AugmentationPart<Name, Options>;
}

/** A defined augmentation. */
export type AugmentationPart<Name extends string, Options extends z.ZodObject> = Part<
  "augmentation",
  Omit<AugmentationDefinition<Name, Options>, "options"> & { options: WithProbability<Options> }
>;

type WithProbability<Options extends z.ZodObject> = z.ZodObject<
  { probability: z.ZodDefault<z.ZodNumber> } & Options["shape"],
  z.core.$strict
>;

/** An augmentation with its defaults filled in. */
export type ResolvedAugmentation = CalledPart<"augmentation"> & { probability: number };

/** Mixes class probabilities, metadata and weight in the proportions of the two sounds, `share` being that of the first. */
export function mixTargets(example: Example, other: Example, share: number): void {
  example.target.forEach((own, k) => example.target[k] = share * own + (1 - share) * other.target[k]);
  example.metadata?.forEach((own, k) => example.metadata![k] = share * own + (1 - share) * other.metadata![k]);
  example.weight = share * example.weight + (1 - share) * other.weight;
}
