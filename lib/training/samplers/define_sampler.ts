import type { z } from "zod";
import { type AnyOptions, type CalledPart, type Part, PartKind } from "../../parts/mod.ts";
import type { RandomStream } from "../../random/mod.ts";

/** What an order may depend on: what is known of each training window. */
export interface SampledWindows {
  /** `[count]`: class of each window. */
  labels: Int32Array;
  classes: number;
  /** `[count]`: device, site or database of each window, as whole numbers from 0; none where that isn't known. */
  sources?: Int32Array;
}

/** How the examples of an epoch are drawn. */
export interface SamplerDefinition<Name extends string, Options extends z.ZodObject> {
  name: Name;
  options: Options;
  /** Whether it can't do without {@linkcode SampledWindows.sources}. @default {false} */
  needsSources?: boolean;
  /** Groups of windows that `order` draws equally often, where that is all that it does. */
  groupOf?(windows: SampledWindows, at: number): number;
  /** The windows of one epoch by their places in `labels`, in order: as many as there are, some perhaps more than once. */
  order(windows: SampledWindows, options: z.output<Options>, random: RandomStream): ArrayLike<number>;
}

/** The samplers that are known. */
export const samplers: PartKind<SamplerDefinition<string, AnyOptions>> = new PartKind("sampler", "a sampler");

/**
 * An order of examples of one's own, to be called with its options as the `training.sampler` of an experiment.
 *
 * @throws {UsageError} where another module has defined one of that name.
 *
 * @example The rare classes first
 * ```ts
 * import { expect } from "expect";
 * import { z } from "zod";
 * import { randomStream } from "../../random/mod.ts";
 * import { defineSampler } from "./define_sampler.ts";
 *
 * const byClass = defineSampler({
 *   name: "by-class",
 *   options: z.strictObject({}),
 *   order: ({ labels }) => [...labels.keys()].sort((a, b) => labels[b] - labels[a]),
 * });
 * const windows = { labels: Int32Array.of(0, 1, 0), classes: 2 };
 * expect(byClass.definition.order(windows, {}, randomStream(0, "order"))).toEqual([1, 0, 2]);
 * ```
 */
export function defineSampler<const Name extends string, Options extends z.ZodObject>(
  definition: SamplerDefinition<Name, Options>,
): Part<"sampler", SamplerDefinition<Name, Options>> {
  return samplers.define(definition) as Part<"sampler", SamplerDefinition<Name, Options>>;
}

/** A sampler with its defaults filled in. */
export type ResolvedSampler = CalledPart<"sampler">;
