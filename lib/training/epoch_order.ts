import type { RandomStream } from "../random/mod.ts";
import type { ExampleSet } from "./example_source.ts";

/** How the examples of an epoch are drawn. */
export type Sampler = "shuffled" | "class-balanced" | "source-balanced";

/**
 * The windows of one epoch in the order that they are trained on, as many as there are. `shuffled` takes each once; the
 * balanced ones take classes (or sources: devices, sites) in turn, and draw among the windows of each with replacement.
 */
export function epochOrder(
  { source, indices }: ExampleSet,
  options: { sampler: Sampler; stream: RandomStream },
): Int32Array {
  const { sampler, stream } = options;
  if (sampler === "shuffled") return Int32Array.from(stream.shuffle(indices));
  const keys = sampler === "class-balanced" ? source.labels : source.sources ?? new Int32Array(source.count);
  const groups = [...Map.groupBy(indices, (index) => keys[index]).values()];
  const drawn = Array.from(indices, (_, i) => stream.choice(groups[i % groups.length]));
  return Int32Array.from(stream.shuffle(drawn));
}
