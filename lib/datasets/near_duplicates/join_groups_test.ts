import { expect } from "expect";
import fc from "fast-check";
import { joinGroups } from "./near_duplicate_groups.ts";

Deno.test("joinGroups() joins what pairs connect, through any number of steps", () => {
  const group = joinGroups([["7", "5"], ["3", "5"], ["9", "8"]]);
  expect(["3", "5", "7", "8", "9", "1"].map(group)).toEqual(["3", "3", "3", "8", "8", "1"]);
});

Deno.test("joinGroups() gives what a search through the graph of the pairs gives", () => {
  const name = fc.integer({ min: 0, max: 20 }).map(String);
  fc.assert(fc.property(fc.array(fc.tuple(name, name)), (pairs) => {
    const group = joinGroups(pairs);
    for (const [start] of pairs) {
      const reached = new Set([start]);
      for (let size = 0; size < reached.size;) {
        size = reached.size;
        for (const [a, b] of pairs) if (reached.has(a) || reached.has(b)) reached.add(a).add(b);
      }
      expect(group(start)).toBe([...reached].sort()[0]);
    }
  }));
});
