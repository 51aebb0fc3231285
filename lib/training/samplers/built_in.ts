import { z } from "zod";
import type { CalledPart, DescribedBy } from "../../parts/mod.ts";
import type { RandomStream } from "../../random/mod.ts";
import { defineSampler, type SampledWindows, samplers } from "./define_sampler.ts";

const options = z.strictObject({});

/** Each window once. */
export const shuffled = defineSampler({
  name: "shuffled",
  options,
  order: ({ labels }, _options, random) => random.shuffle(labels.keys()),
});

/** Classes in turn. */
export const classBalanced = defineSampler({
  name: "class-balanced",
  options,
  order: (windows, _options, random) => balanced(windows, random, (at) => windows.labels[at]),
});

/** Sources (devices, sites, databases) in turn. */
export const sourceBalanced = defineSampler({
  name: "source-balanced",
  options,
  needsSources: true,
  order: (windows, _options, random) => balanced(windows, random, (at) => windows.sources![at]),
});

/** Pairs of source and class in turn, which leaves nothing of the class to be told by the source. */
export const sourceAndClassBalanced = defineSampler({
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
