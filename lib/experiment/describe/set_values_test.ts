import { expect } from "expect";
import { setValues } from "./set_values.ts";

Deno.test("setValues() sets numbers, text, lists and elements of lists, and leaves its argument alone", () => {
  const description = { model: { filters: [16, 32] }, evaluation: { protocol: { kind: "hold-out" } } };
  const before = structuredClone(description);
  const result = setValues(description, [
    "model.filters.1=64",
    "evaluation.protocol.kind=grouped-folds",
    "evaluation.scores=[1,2]",
    "model.note=a=b",
  ]);
  expect(result).toEqual({
    model: { filters: [16, 64], note: "a=b" },
    evaluation: { protocol: { kind: "grouped-folds" }, scores: [1, 2] },
  });
  expect(description).toEqual(before);
});

Deno.test("setValues() refuses what is no index of a list", () => {
  for (const key of ["length", "-1", "3", "push", ""]) {
    expect(() => setValues({ filters: [16, 32] }, [`filters.${key}=x`])).toThrow(/an index of the list from 0 to 2/);
  }
});

Deno.test("setValues() refuses text without =, a path through a number, and keys of the prototype", () => {
  expect(() => setValues({}, ["epochs"])).toThrow(/key=value.*"epochs"/);
  expect(() => setValues({ a: 1 }, ["a.b=2"])).toThrow(/a to hold b but found 1/);
  expect(() => setValues({}, ["__proto__.x=1"])).toThrow(/a key of the experiment/);
  expect(setValues({ a: {} }, ["a.toString.x=1"])).toEqual({ a: { toString: { x: 1 } } });
});

Deno.test("setValues() adds to a list at its end", () => {
  const list = { a: { b: [1, 2] } };
  expect(setValues(list, ["a.b.2=3"])).toEqual({ a: { b: [1, 2, 3] } });
});

Deno.test("setValues() begins with what stands by default at a path that the description says nothing of", () => {
  const defaultAt = (path: readonly string[]) => path.join(".") === "a.b" ? { c: 1, d: 2 } : undefined;
  expect(setValues({}, ["a.b.c=9"], defaultAt)).toEqual({ a: { b: { c: 9, d: 2 } } });
  expect(setValues({ a: { b: { c: 3 } } }, ["a.b.c=9"], defaultAt)).toEqual({ a: { b: { c: 9 } } });
});
