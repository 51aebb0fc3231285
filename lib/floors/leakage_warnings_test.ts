import { expect } from "expect";
import type { ManifestRow } from "../datasets/manifest.ts";
import { evaluatePredictions } from "../evaluation/mod.ts";
import { randomStream } from "../random/mod.ts";
import type { Prediction } from "../scores/mod.ts";
import { classes, holdOut, manifestRows, noise } from "./fixtures/manifest_rows.ts";
import { floorDifferences } from "./floor_differences.ts";
import { leakageWarnings } from "./leakage_warnings.ts";
import { linearFloor } from "./linear_floor.ts";
import { shortcutFloor } from "./shortcut_floor.ts";

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
