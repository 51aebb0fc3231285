import { InputError } from "../errors/mod.ts";
import { askPart, isOwn, partPlace } from "../parts/mod.ts";
import { type RandomStream, resumeStream } from "../random/mod.ts";
import type { ExampleSet } from "./example_source.ts";
import { type ResolvedSampler, samplers } from "./samplers/define_sampler.ts";

/**
 * The windows of one epoch in the order that they are trained on, as many as there are.
 *
 * @throws {InputError} where a sampler needs sources and they are unknown, or one fails, gives too few or other windows, or
 * gives another order of the same stream.
 */
export function epochOrder(
  { source: { labels, classes, sources }, indices }: ExampleSet,
  { sampler: { kind: name, ...options }, random }: { sampler: ResolvedSampler; random: RandomStream },
): Int32Array {
  const part = samplers.find(name);
  const { definition: { order, needsSources } } = part;
  const of = (values: Int32Array) => Int32Array.from(indices, (index) => values[index]);
  if (needsSources && sources === undefined) {
    throw new InputError({
      expected: "windows whose device, site or database is known",
      found: "none of that",
      where: "training.sampler",
      remedy: "use class-balanced or shuffled",
    });
  }
  const windows = { labels: of(labels), classes, sources: sources && of(sources) };
  const expected = "order() to give places of windows";
  const ask = (from: RandomStream) =>
    askPart(samplers, { name, expected }, () => Int32Array.from(order(windows, options as never, from)));
  const twin = resumeStream(random.state());
  const places = ask(random);
  const refuse = (expected: string, found: string): never => {
    throw new InputError({ expected, found, where: partPlace(samplers, name) });
  };
  const outside = places.find((place) => !(place >= 0 && place < indices.length));
  if (places.length !== indices.length) refuse(`${indices.length} places of windows`, `${places.length}`);
  if (outside !== undefined) refuse(`places from 0 to ${indices.length - 1}`, `${outside}`);
  if (isOwn(part) && ask(twin).some((place, i) => place !== places[i])) {
    refuse("the same order of the same random stream", "another one when order() is called again");
  }
  return places.map((place) => indices[place]);
}
