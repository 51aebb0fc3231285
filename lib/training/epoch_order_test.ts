import { expect } from "expect";
import { z } from "zod";
import { randomStream } from "../random/mod.ts";
import { defineSampler, epochOrder, type ExampleSource, type SamplerOptions, samplerOptions } from "./mod.ts";

const COUNT = 120;
const source: ExampleSource = {
  count: COUNT,
  frames: 1,
  bands: 1,
  channels: 1,
  classes: 2,
  labels: Int32Array.from({ length: COUNT }, (_, i) => i < 110 ? 0 : 1),
  sources: Int32Array.from({ length: COUNT }, (_, i) => i < 60 ? 0 : i < 114 ? 1 : 2),
  read: () => {},
};
const indices = Int32Array.from({ length: COUNT }, (_, i) => i);

function order(sampler: SamplerOptions, from = source): Int32Array {
  return epochOrder({ source: from, indices }, {
    sampler: samplerOptions.parse(sampler),
    random: randomStream(0, "order"),
  });
}

Deno.test("epochOrder() takes each window once when shuffled", () => {
  expect(order("shuffled").toSorted()).toEqual(indices);
  expect(order("shuffled")).not.toEqual(indices);
});

Deno.test("epochOrder() takes classes, or sources, equally often when balanced", () => {
  const rare = order("class-balanced").filter((index) => source.labels[index] === 1);
  expect(rare.length).toBe(COUNT / 2);
  for (const device of [0, 1, 2]) {
    expect(order("source-balanced").filter((index) => source.sources![index] === device).length).toBe(COUNT / 3);
  }
});

Deno.test("epochOrder() takes each class of each source equally often when both are balanced", () => {
  const drawn = order("source-and-class-balanced");
  // Sources 0 and 1 have class 0; 1 and 2 have class 1: four pairs.
  for (const [device, label] of [[0, 0], [1, 0], [1, 1], [2, 1]]) {
    const pair = drawn.filter((index) => source.sources![index] === device && source.labels[index] === label);
    expect(pair.length).toBe(COUNT / 4);
  }
});

Deno.test("epochOrder() refuses to balance sources that are unknown", () => {
  expect(() => order("source-balanced", { ...source, sources: undefined })).toThrow(/training\.sampler/);
});

Deno.test("epochOrder() takes an order of one's own, and names one that fails, is short, or isn't the stream's", () => {
  let calls = 0;
  const own = (name: string, give: (labels: Int32Array) => ArrayLike<number>) =>
    defineSampler({ name, options: z.strictObject({}), order: ({ labels }) => give(labels) })();
  expect(order(own("backwards", (labels) => [...labels.keys()].reverse()))[0]).toBe(COUNT - 1);
  expect(() => order(own("short", () => [0]))).toThrow(/120 places.*found 1 in the sampler "short" of .*epoch_order/);
  expect(() => order(own("beyond", (labels) => labels.map(() => COUNT)))).toThrow(/0 to 119 but found 120/);
  expect(() => order(own("moody", (labels) => labels.map(() => calls++ < COUNT ? 0 : 1)))).toThrow(/called again/);
  expect(() =>
    order(own("failing", () => {
      throw new RangeError("no idea");
    }))
  ).toThrow(/RangeError: no idea.*"failing"/);
});
