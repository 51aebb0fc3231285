import { expect } from "expect";
import type { ManifestRow } from "../datasets/manifest.ts";
import { randomStream } from "../random/mod.ts";
import { planFolds } from "../splits/mod.ts";
import type { Prediction } from "../scores/mod.ts";
import { evaluatePredictions } from "../evaluation/mod.ts";
import type { FloorAnswers, RowFeatures } from "./floor_model.ts";
import { floorDifferences } from "./floor_differences.ts";
import { leakageWarnings } from "./leakage_warnings.ts";
import { linearFloor } from "./linear_floor.ts";
import { nearestFloor } from "./nearest_floor.ts";
import { shortcutFeatures, shortcutFloor } from "./shortcut_floor.ts";
import { tellSource } from "./tell_source.ts";

const classes = ["Normal", "Wheeze"];

/** 240 rows of 40 subjects; every third row is a wheeze. */
function manifestRows(change: (row: ManifestRow, i: number) => Partial<ManifestRow>): ManifestRow[] {
  return Array.from({ length: 240 }, (_, i) => {
    const row = {
      recording: `${i}.wav`,
      subject: `${i % 40}`,
      start: 0,
      end: 1,
      label: classes[Number(i % 3 === 0)],
      source: "x",
      part: "train",
      attributes: {},
    };
    return { ...row, ...change(row, i) };
  });
}

function accuracyOf({ test }: FloorAnswers): number {
  return evaluatePredictions(test, { classes, seed: 0, resamples: 0 }).pooled.item!.accuracy.value!;
}

const holdOut = (rows: ManifestRow[]) => planFolds(rows, { kind: "hold-out", test: 0.3 }, { seed: 0 })[0];

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

/** Noise of four numbers a row. */
function noise(rows: ManifestRow[], name: string, shift: (row: ManifestRow) => number = () => 0): RowFeatures {
  const stream = randomStream(0, name);
  return {
    width: 4,
    values: Float64Array.from({ length: rows.length * 4 }, (_, k) => stream.normal() + shift(rows[k >> 2])),
  };
}

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

Deno.test("leakageWarnings() names a score of .99, a look-up and a shortcut that come close, and a source that is given away", () => {
  const rows = manifestRows((row) => ({ source: row.label === "Wheeze" ? "a" : "b" }));
  const fold = holdOut(rows);
  const { test: predictions } = shortcutFloor({ rows, fold, classes });
  const part = evaluatePredictions(predictions, {
    classes,
    seed: 0,
    resamples: 300,
    scores: ["sprsound-1-1"],
    floors: { shortcut: { predictions }, nearest: { predictions } },
  });
  const sentences = leakageWarnings({
    part,
    named: ["sprsound-1-1"],
    sourceTold: { balancedAccuracy: 0.9, chance: 0.5, sources: ["a", "b"] },
  }).join(" ");
  expect(sentences).toMatch(/balanced accuracy, .*by item 1\.000.*score of 0\.99 or more is suspect/);
  expect(sentences).toMatch(/most similar training example reaches 1\.000 in SPRSound 1-1 Score by item/);
  expect(sentences).toMatch(/hears no sound reaches 1\.000/);
  expect(sentences).toMatch(
    /source can be told from silence or level alone: balanced accuracy 0\.900, by chance 0\.500/,
  );
});

Deno.test("leakageWarnings() shows a pooled score that hides its sources", () => {
  // Source a is nearly all wheeze, b nearly none, and the answer is the source.
  const rows = manifestRows((row, i) => ({ source: (row.label === "Wheeze") === (i % 7 !== 0) ? "a" : "b" }));
  const part = evaluatePredictions(shortcutFloor({ rows, fold: holdOut(rows), classes }).test, {
    classes,
    seed: 0,
    resamples: 300,
  });
  expect(leakageWarnings({ part }).join(" ")).toMatch(
    /Pooled, balanced accuracy is 0\.8.*mean over the sources is 0\.500/,
  );
});

Deno.test("leakageWarnings() has nothing to say of an honest figure", () => {
  const rows = manifestRows(() => ({}));
  const fold = holdOut(rows);
  const features = noise(rows, "a", ({ label }) => label === "Wheeze" ? 1 : 0);
  const part = evaluatePredictions(linearFloor(features, { rows, fold, classes }).test, {
    classes,
    seed: 0,
    resamples: 300,
    floors: { shortcut: { predictions: shortcutFloor({ rows, fold, classes }).test } },
  });
  expect(leakageWarnings({ part })).toEqual([]);
});

/** Answers of which a share is right: of one `name` the same rows, and more of them for a larger share. */
function answers(share: number, rows: ManifestRow[], name: string): Prediction[] {
  const stream = randomStream(0, name);
  return rows.map(({ recording, subject, start, end, label, source }) => {
    const right = stream.uniform() < share;
    const predicted = classes[Number(right === (label === "Wheeze"))];
    const probabilities = classes.map((one) => one === predicted ? 0.8 : 0.2);
    return {
      ...{ fold: 0, seed: 0, part: "test", recording, subject, source, start, end, label, predicted, probabilities },
    };
  });
}

function warningsOf(network: number, floors: Record<string, [share: number, name?: string]>): string {
  const rows = manifestRows(() => ({}));
  const predictions = answers(network, rows, "network");
  const options = {
    ...{ classes, seed: 0, resamples: 400 },
    floors: Object.fromEntries(
      Object.entries(floors).map(([floor, [share, name = "network"]]) => [
        ...[floor, { predictions: answers(share, rows, name) }] as const,
      ]),
    ),
  };
  const part = evaluatePredictions(predictions, options);
  return leakageWarnings({ part, differences: floorDifferences(predictions, options) }).join(" ");
}

Deno.test("leakageWarnings() looks at both sides: a floor that is better is not one that the interval includes", () => {
  const sentences = warningsOf(0.45, { shortcut: [0.85], linear: [0.45, "other"] });
  expect(sentences).toMatch(/hears no sound reaches 0\.8.*over the same subjects the network is worse, by -0\.[34]/);
  expect(sentences).toMatch(/linear model .* 0\.[45].*leaves open which is better/);
});

Deno.test("leakageWarnings() says nothing of a floor that is lower on the same subjects, though the interval includes it", () => {
  expect(warningsOf(0.8, { shortcut: [0.76], linear: [0.6, "other"] })).toBe("");
});

Deno.test("leakageWarnings() concludes no leak from a look-up at chance level", () => {
  const chance = warningsOf(0.5, { nearest: [0.5] });
  expect(chance).toMatch(/similar training example reaches 0\.[45].* guessing 0\.500: neither says more than a guess/);
  expect(chance).not.toMatch(/same sounds/);
  expect(warningsOf(0.8, { nearest: [0.8] })).toMatch(/easy to tell apart explain .* leak check/);
});

Deno.test("leakageWarnings() without differences holds a floor against both ends of the interval", () => {
  const score = { level: 0.95, n: 90, unit: "item" as const, floor: 0.833, reason: undefined };
  const said = (low: number | null, high: number | null, shortcut: number) => {
    const balancedAccuracy = { ...score, value: 0.444, low, high, floors: { shortcut } };
    const part = { pooled: { item: { balancedAccuracy } }, folds: [], sources: [], sourceMean: {} };
    return leakageWarnings({ part: { ...part, confusion: { classes: [], counts: [] } } }).join(" ");
  };
  expect(said(0.324, 0.556, 0.833)).toMatch(/its whole interval, 0\.324 to 0\.556, lies below/);
  expect(said(0.324, 0.556, 0.5)).toMatch(/its interval, 0\.324 to 0\.556, includes that/);
  expect(said(0.324, 0.556, 0.3)).toBe("");
  expect(said(null, null, 0.833)).toMatch(/less than that/);
  expect(said(null, null, 0.444)).toMatch(/no more than that/);
});
