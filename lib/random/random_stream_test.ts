import { expect } from "expect";
import { randomStream, resumeStream } from "./mod.ts";

Deno.test("randomStream() repeats itself for a seed and a name, and for no other", () => {
  const draw = (seed: number, name: string) => {
    const stream = randomStream(seed, name);
    return Array.from({ length: 8 }, () => stream.uniform());
  };
  expect(draw(1, "a")).toEqual(draw(1, "a"));
  expect(draw(1, "a")).not.toEqual(draw(2, "a"));
  expect(draw(1, "a")).not.toEqual(draw(1, "b"));
});

Deno.test("resumeStream() goes on where the state was taken", () => {
  const stream = randomStream(3, "augmentation");
  stream.normal();
  const resumed = resumeStream(JSON.parse(JSON.stringify(stream.state())));
  expect(resumed.uniform()).toBe(stream.uniform());
  expect(resumed.integer(1000)).toBe(stream.integer(1000));
});

Deno.test("randomStream() has the moments of its distributions", () => {
  // Means of n = 100,000 draws lie within 5 standard errors but once in two million tries.
  const stream = randomStream(0, "moments");
  const n = 100_000;
  let uniform = 0, normal = 0, square = 0;
  for (let i = 0; i < n; i++) {
    uniform += stream.uniform() / n;
    const z = stream.normal();
    normal += z / n;
    square += z * z / n;
  }
  expect(Math.abs(uniform - 0.5)).toBeLessThan(5 / Math.sqrt(12 * n));
  expect(Math.abs(normal)).toBeLessThan(5 / Math.sqrt(n));
  expect(Math.abs(square - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
});

Deno.test("RandomStream.shuffle() gives each order the same share", () => {
  const stream = randomStream(0, "orders");
  const seen = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = stream.shuffle([0, 1, 2]).join("");
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(seen.size).toBe(6);
  // Binomial(6000, 1/6): standard deviation 28.9, bound at 5 of them.
  for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(145);
});

Deno.test("RandomStream.fork() does not depend on how far its parent has run", () => {
  const parent = randomStream(5, "epoch");
  const before = parent.fork("1").uniform();
  parent.uniform();
  expect(parent.fork("1").uniform()).toBe(before);
});
