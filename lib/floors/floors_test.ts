import { expect } from "expect";
import { evaluatePredictions } from "../evaluation/mod.ts";
import { classes, holdOut, manifestRows, noise } from "./fixtures/manifest_rows.ts";
import type { FloorAnswers } from "./floor_model.ts";
import { linearFloor } from "./linear_floor.ts";
import { nearestFloor } from "./nearest_floor.ts";
import { shortcutFeatures, shortcutFloor } from "./shortcut_floor.ts";
import { tellSource } from "./tell_source.ts";

function accuracyOf({ test }: FloorAnswers): number {
  return evaluatePredictions(test, { classes, seed: 0, resamples: 0 }).pooled.item!.accuracy.value!;
}

Deno.test("shortcutFloor() tells classes that differ in duration, even where neither is longer", () => {
  // A wheeze lasts about 1 s; anything else is much shorter or much longer.
  const rows = manifestRows((row, i) => ({ end: row.label === "Wheeze" ? 1 + i % 7 / 100 : i % 2 ? 0.3 : 2 + i % 5 }));
  expect(accuracyOf(shortcutFloor({ rows, fold: holdOut(rows), classes }))).toBe(1);
});

Deno.test("shortcutFloor() tells classes that differ in source, device or a level that it is given", () => {
  const plain = manifestRows(() => ({}));
  const fold = holdOut(plain);
  const share = accuracyOf(shortcutFloor({ rows: plain, fold, classes }));
  expect(share).toBeCloseTo(2 / 3, 1); // nothing to see: the most frequent class
  const bySource = manifestRows((row) => ({ source: row.label === "Wheeze" ? "a" : "b" }));
  expect(accuracyOf(shortcutFloor({ rows: bySource, fold, classes }))).toBe(1);
  const byDevice = manifestRows((row) => ({ attributes: { device: row.label === "Wheeze" ? "a" : "b" } }));
  expect(accuracyOf(shortcutFloor({ rows: byDevice, fold, classes }))).toBe(1);
  const level = plain.map(({ label }) => label === "Wheeze" ? -20 : -40);
  expect(accuracyOf(shortcutFloor({ rows: plain, fold, classes, numbers: { level } }))).toBe(1);
});

Deno.test("shortcutFloor() does not look at attributes that are a finding", () => {
  const rows = manifestRows((row) => ({ attributes: { diagnosis: row.label } }));
  expect(accuracyOf(shortcutFloor({ rows, fold: holdOut(rows), classes }))).toBeCloseTo(2 / 3, 1);
});

Deno.test("shortcutFeatures() takes its categories and eighths from the training rows only", () => {
  const rows = manifestRows((_, i) => ({ end: 1 + i % 11 }));
  const fold = holdOut(rows);
  const changed = rows.map((row, i) => fold.test.includes(i) ? { ...row, source: "unheard", end: 99 } : row);
  const before = shortcutFeatures({ rows, fold }), after = shortcutFeatures({ rows: changed, fold });
  const trained = (columns: number[][]) => columns.map((column) => Array.from(fold.train, (row) => column[row]));
  expect(Object.keys(after)).toEqual(Object.keys(before));
  for (const name of Object.keys(before)) expect(trained(after[name])).toEqual(trained(before[name]));
});

Deno.test("linearFloor() learns what is linear in the features and nothing from noise", () => {
  const rows = manifestRows(() => ({}));
  const fold = holdOut(rows);
  const shifted = noise(rows, "a", ({ label }) => label === "Wheeze" ? 4 : 0);
  expect(accuracyOf(linearFloor(shifted, { rows, fold, classes }))).toBeGreaterThan(0.97);
  const { rocAuc } = evaluatePredictions(linearFloor(noise(rows, "b"), { rows, fold, classes }).test, {
    classes,
    seed: 0,
    resamples: 300,
  })
    .pooled.item!;
  // 72 test rows: the area of a guess has a standard deviation of about 0.07, bound at 4 of these.
  expect(Math.abs(rocAuc.value! - 0.5)).toBeLessThan(0.28);
});

Deno.test("nearestFloor() finds the copies of test rows among the training rows", () => {
  const rows = manifestRows(() => ({}));
  const fold = holdOut(rows);
  const features = noise(rows, "copies");
  const values = Float64Array.from(features.values);
  // Each test row becomes a copy of a training row of its class.
  for (const row of fold.test) {
    const twin = fold.train.find((other) => rows[other].label === rows[row].label)!;
    values.copyWithin(row * 4, twin * 4, twin * 4 + 4);
  }
  const { test: look } = nearestFloor({ width: 4, values }, { rows, fold, classes });
  expect(look.every(({ predicted, label }) => predicted === label)).toBe(true);
  expect(look[0].probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
});

Deno.test("tellSource() is sure where silence differs by source, and at chance where it does not", () => {
  const rows = manifestRows((_, i) => ({ source: "abc"[(i % 40) % 3] }));
  const told = tellSource(noise(rows, "s", ({ source }) => 5 * "abc".indexOf(source)), { rows, seed: 0 })!;
  expect(told.balancedAccuracy).toBeGreaterThan(0.95);
  expect(told.chance).toBeCloseTo(1 / 3, 12);
  const guessed = tellSource(noise(rows, "t"), { rows, seed: 0 })!;
  expect(Math.abs(guessed.balancedAccuracy - 1 / 3)).toBeLessThan(0.15);
  expect(tellSource(noise(rows, "t"), { rows: manifestRows(() => ({})), seed: 0 })).toBeUndefined();
});
