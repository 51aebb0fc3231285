import { z } from "zod";
import type { CalledPart, DescribedBy, Part } from "../../parts/mod.ts";
import type { RandomStream } from "../../random/mod.ts";
import { defineSampler, type SampledWindows, type SamplerDefinition, samplers } from "./define_sampler.ts";

const options: z.ZodObject<Record<never, never>, z.core.$strict> = z.strictObject({});
type BuiltIn<Name extends string> = Part<"sampler", SamplerDefinition<Name, typeof options>>;

/** Each window once. */
export const shuffled: BuiltIn<"shuffled"> = defineSampler({
  name: "shuffled",
  options,
  order: ({ labels }, _options, random) => random.shuffle(labels.keys()),
});

/** Classes in turn. */
export const classBalanced: BuiltIn<"class-balanced"> = defineSampler({
  name: "class-balanced",
  options,
  order: (windows, _options, random) => balanced(windows, random, (at) => windows.labels[at]),
});

/** Sources (devices, sites, databases) in turn. */
export const sourceBalanced: BuiltIn<"source-balanced"> = defineSampler({
  name: "source-balanced",
  options,
  needsSources: true,
  order: (windows, _options, random) => balanced(windows, random, (at) => windows.sources![at]),
});

/** Pairs of source and class in turn, which leaves nothing of the class to be told by the source. */
export const sourceAndClassBalanced: BuiltIn<"source-and-class-balanced"> = defineSampler({
  name: "source-and-class-balanced",
  options,
  needsSources: true,
  order(windows, _options, random) {
    const { labels, sources, classes } = windows;
    return balanced(windows, random, (at) => sources![at] * classes + labels[at]);
  },
});

/** Takes the groups of a key in turn, and draws among the windows of each with replacement. */
function balanced({ labels }: SampledWindows, random: RandomStream, keyOf: (at: number) => number): number[] {
  const groups = [...Map.groupBy(labels.keys(), keyOf).values()];
  return random.shuffle(Array.from(labels, (_, i) => random.choice(groups[i % groups.length])));
}

/** A sampler as it is described in an experiment: by its name, or with its options. */
export type SamplerOptions =
  | DescribedBy<
    typeof shuffled | typeof classBalanced | typeof sourceBalanced | typeof sourceAndClassBalanced
  >
  | CalledPart<"sampler">;

/** A sampler and its options; `kind` names it. */
export const samplerOptions = samplers.schema as z.ZodType<CalledPart<"sampler">, SamplerOptions>;
