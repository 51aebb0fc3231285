import { expect } from "expect";
import goldens from "../goldens/goldens.json" with { type: "json" };
import type { Verdict } from "../verdicts.ts";
import { agreement, cohenKappa } from "./agreement.ts";
import { classCounts, fleissKappa, krippendorffAlpha, type Ratings } from "./ratings.ts";

/** `[items][raters]`. */
function ratings(said: readonly (readonly number[])[], size: number): Ratings {
  return {
    items: said.map((_, i) => `${i}`),
    raters: said[0].map((_, r) => `rater ${r}`),
    size,
    values: Int32Array.from(said.flat()),
  };
}

const verdict = (item: string, rater: string, said: string | null, time = "2026-05-01T10:00:00.000Z"): Verdict => ({
  ...{ item, rater, queue: "random", label: null, verdict: said, certainty: "sure", blind: true, events: [] },
  ...{ remark: "", seconds: 4, time },
});

Deno.test("cohenKappa() is 0.4 of the 50 grants that two readers judge in the usual example", () => {
  const said = [[0, 0, 20], [0, 1, 5], [1, 0, 10], [1, 1, 15]].flatMap(([a, b, n]) => Array(n).fill([a, b]));
  expect(cohenKappa(ratings(said, 2), [0, 1])).toBeCloseTo(0.4, 12);
});

Deno.test("fleissKappa() is 0.210 of the ten subjects that fourteen psychiatrists judge", () => {
  const counts = [
    ...[[0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1]],
    ...[[7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]],
  ];
  expect(fleissKappa(counts.map((row) => Float64Array.from(row)))).toBeCloseTo(0.2099, 4);
});

Deno.test("krippendorffAlpha() is 0.743 of Krippendorff's four observers, who leave units out", () => {
  // Krippendorff 2011, section C: the units by observer, 0 where nothing was said.
  const said = [
    [1, 1, 0, 1],
    [2, 2, 3, 2],
    [3, 3, 3, 3],
    [3, 3, 3, 3],
    [2, 2, 2, 2],
    [1, 2, 3, 4],
    [4, 4, 4, 4],
    [1, 1, 2, 1],
    [2, 2, 2, 2],
    [0, 5, 5, 5],
    [0, 0, 1, 1],
    [0, 0, 3, 0],
  ].map((unit) => unit.map((value) => value - 1));
  expect(krippendorffAlpha(classCounts(ratings(said, 5)))).toBeCloseTo(0.743, 3);
});

goldens.ratings.forEach(({ classes, said, cohen, alpha }) => {
  Deno.test(`cohenKappa() and krippendorffAlpha() of ${classes} classes are scikit-learn's and krippendorff's`, () => {
    const table = ratings(said, classes), raters = [...said[0].keys()];
    const pairs = raters.flatMap((a) => raters.slice(a + 1).map((b): [number, number] => [a, b]));
    pairs.forEach((pair, i) => expect(cohenKappa(table, pair)).toBeCloseTo(cohen[i], 12));
    expect(krippendorffAlpha(classCounts(table))).toBeCloseTo(alpha, 12);
  });
});

Deno.test("agreement() takes the last word of each, counts can't tell as nothing, and names who differs where", () => {
  const told = agreement([
    ...["a", "b", "c", "d"].flatMap((item, i) => [
      verdict(item, "Ada", i % 2 ? "Murmur" : "Normal"),
      verdict(item, "Bo", i === 3 ? null : i % 2 ? "Murmur" : "Normal"),
    ]),
    verdict("a", "Bo", "Murmur", "2026-05-02T10:00:00.000Z"),
  ], { classes: ["Normal", "Murmur"], seed: 0, resamples: 50 });
  expect(told.items).toBe(3);
  expect(told.pairs.map(({ raters, items }) => [...raters, items])).toEqual([["Ada", "Bo", 3]]);
  expect(told.differences).toEqual([
    { item: "a", verdicts: [{ rater: "Ada", verdict: "Normal" }, { rater: "Bo", verdict: "Murmur" }] },
  ]);
});

Deno.test("agreement() is less certain where the items are of few subjects", () => {
  const said = Array.from({ length: 80 }, (_, i) => [
    verdict(`${i}`, "Ada", i % 2 ? "A" : "B"),
    verdict(`${i}`, "Bo", (i % 2 === 1) !== (Math.floor(i / 10) % 3 === 0) ? "A" : "B"),
  ]).flat();
  const width = (subjectOf?: (item: string) => string) => {
    const { alpha } = agreement(said, { classes: ["A", "B"], subjectOf, seed: 0, resamples: 300 });
    return alpha.high - alpha.low;
  };
  expect(width((item) => `${Math.floor(Number(item) / 10)}`)).toBeGreaterThan(2 * width());
});
