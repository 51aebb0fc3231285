import { expect } from "expect";
import { guardFold } from "./mod.ts";

const fold = {
  fold: 1,
  seed: 7,
  train: Int32Array.of(0),
  validation: Int32Array.of(1),
  test: Int32Array.of(2),
  shared: [],
};

Deno.test("guardFold() throws when a step asks for the test part while fitting", () => {
  const guard = guardFold(fold);
  expect([...guard.rows("train"), ...guard.rows("validation")]).toEqual([0, 1]);
  expect(() => guard.rows("test")).toThrow(/test part to stay closed while fitting .* in fold 1/);
});

Deno.test("guardFold() has no way back from judging to fitting", () => {
  const guard = guardFold(fold);
  guard.judge();
  expect([...guard.rows("test")]).toEqual([2]);
  expect(() => guard.rows("train")).toThrow(/no more fitting/);
  expect(() => guard.rows("validation")).toThrow(/no more fitting/);
});
