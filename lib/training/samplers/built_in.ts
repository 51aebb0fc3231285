import { z } from "zod";
import type { CalledPart, DescribedBy, Part } from "../../parts/mod.ts";
import { defineSampler, type SampledWindows, type SamplerDefinition, samplers } from "./define_sampler.ts";

const options: z.ZodObject<Record<never, never>, z.core.$strict> = z.strictObject({});
type BuiltIn<Name extends string> = Part<"sampler", SamplerDefinition<Name, typeof options>>;

/** Each window once. */
export const shuffled: BuiltIn<"shuffled"> = defineSampler({
  name: "shuffled",
  options,
  groupOf: () => 0,
  order: ({ labels }, _options, random) => random.shuffle(labels.keys()),
});

/** Classes in turn. */
export const classBalanced: BuiltIn<"class-balanced"> = balanced("class-balanced", ({ labels }, at) => labels[at]);

/** Sources (devices, sites, databases) in turn. */
export const sourceBalanced: BuiltIn<"source-balanced"> = balanced(
  "source-balanced",
  ({ sources }, at) => sources![at],
  { needsSources: true },
);

/** Pairs of source and class in turn, which leaves nothing of the class to be told by the source. */
export const sourceAndClassBalanced: BuiltIn<"source-and-class-balanced"> = balanced(
  "source-and-class-balanced",
  ({ labels, sources, classes }, at) => sources![at] * classes + labels[at],
  { needsSources: true },
);

/**
 * Two windows of one recording beside each other, recordings in turn, for `targets` of recordings, which take it by
 * themselves: `sources` then number the recordings.
 */
export const pairs: BuiltIn<"pairs"> = defineSampler({
  ...{ name: "pairs", options, needsSources: true },
  order({ labels, sources }, _options, random) {
    const recordings = [...Map.groupBy(labels.keys(), (at) => sources![at]).values()];
    const order: number[] = [];
    while (order.length < labels.length) {
      for (const windows of random.shuffle(recordings)) order.push(...random.shuffle(windows).slice(0, 2));
    }
    return order.slice(0, labels.length);
  },
});

/** Takes groups in turn, and draws among the windows of each with replacement. */
function balanced<const Name extends string>(
  name: Name,
  groupOf: (windows: SampledWindows, at: number) => number,
  { needsSources = false } = {},
): BuiltIn<Name> {
  return defineSampler({
    ...{ name, options, needsSources, groupOf },
    order(windows, _options, random) {
      const groups = [...Map.groupBy(windows.labels.keys(), (at) => groupOf(windows, at)).values()];
      return random.shuffle(Array.from(windows.labels, (_, i) => random.choice(groups[i % groups.length])));
    },
  });
}

/** A sampler as it is described in an experiment: by its name, or with its options. */
export type SamplerOptions =
  | DescribedBy<
    | typeof shuffled
    | typeof classBalanced
    | typeof sourceBalanced
    | typeof sourceAndClassBalanced
    | typeof pairs
  >
  | CalledPart<"sampler">;

/** A sampler and its options; `kind` names it. */
export const samplerOptions = samplers.schema as z.ZodType<CalledPart<"sampler">, SamplerOptions>;
