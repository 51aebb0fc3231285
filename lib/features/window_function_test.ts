import { expect } from "expect";
import { goldens } from "./fixtures/goldens.ts";
import { windowFunction } from "./window_function.ts";

const { windows } = goldens;

Deno.test("windowFunction() is scipy's periodic Hann", () => {
  for (const golden of [windows.hann_periodic_8, windows.hann_periodic_9, windows.hann_periodic_50]) {
    windowFunction("hann", golden.length).forEach((weight, i) => expect(weight).toBeCloseTo(golden[i], 9));
  }
});

Deno.test("windowFunction() is numpy's symmetric Hann and Kaldi's Povey window", () => {
  windowFunction("hann-symmetric", 8).forEach((weight, i) => {
    expect(weight).toBeCloseTo(windows.hann_symmetric_8[i], 9);
  });
  const povey = windowFunction("povey", 400);
  for (const [at, weight] of windows.povey_400_at) expect(povey[at]).toBeCloseTo(weight, 8);
});

Deno.test("windowFunction() has Hamming's 0.08 at its ends and ones for a rectangle", () => {
  expect(windowFunction("hamming", 9)[0]).toBeCloseTo(0.08);
  expect(windowFunction("hamming", 9)[4]).toBeCloseTo(1);
  expect([...windowFunction("rectangular", 3)]).toEqual([1, 1, 1]);
  expect([...windowFunction("hann-symmetric", 1)]).toEqual([0]);
});
