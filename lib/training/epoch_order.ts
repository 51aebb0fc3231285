import { InputError } from "../errors/mod.ts";
import type { RandomStream } from "../random/mod.ts";
import type { ExampleSet } from "./example_source.ts";

/** How the examples of an epoch are drawn. */
export type Sampler = "shuffled" | "class-balanced" | "source-balanced" | "source-and-class-balanced";

/**
 * The windows of one epoch in the order that they are trained on, as many as there are. `shuffled` takes each once; the
 * balanced ones take classes, sources (devices, sites, databases) or pairs of both in turn, and draw among the windows of
 * each with replacement. Pairs in turn leave nothing of the class to be told by the source.
 *
 * @throws {InputError} where sources are asked for and unknown.
 */
export function epochOrder(
  { source, indices }: ExampleSet,
  options: { sampler: Sampler; stream: RandomStream },
): Int32Array {
  const { sampler, stream } = options;
  if (sampler === "shuffled") return Int32Array.from(stream.shuffle(indices));
  const { labels, classes, sources } = source;
  if (sampler !== "class-balanced" && sources === undefined) {
    throw new InputError({
      expected: "windows whose device, site or database is known",
      found: "none of that",
      where: "training.sampler",
      remedy: "use class-balanced or shuffled",
    });
  }
  const keys = {
    "class-balanced": (index: number) => labels[index],
    "source-balanced": (index: number) => sources![index],
    "source-and-class-balanced": (index: number) => sources![index] * classes + labels[index],
  };
  const groups = [...Map.groupBy(indices, keys[sampler]).values()];
  const drawn = Array.from(indices, (_, i) => stream.choice(groups[i % groups.length]));
  return Int32Array.from(stream.shuffle(drawn));
}
