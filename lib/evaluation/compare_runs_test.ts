import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { studentQuantile } from "../statistics/mod.ts";
import { compareRuns } from "./compare_runs.ts";
import type { Prediction } from "../scores/mod.ts";

const classes = ["Normal", "Murmur"];

/** 60 subjects of two recordings in five folds; `skill` is how far the classes' logits lie apart. */
function run(skill: number, name: string, subjects = 60): Prediction[] {
  const stream = randomStream(0, name);
  return Array.from({ length: 2 * subjects }, (_, k) => {
    const i = k >> 1;
    const p = 1 / (1 + Math.exp(-stream.normal() - (i % 2 ? skill : -skill)));
    return {
      fold: i % 5,
      seed: 0,
      part: "test",
      recording: `${k}.wav`,
      subject: `${i}`,
      source: "",
      start: 0,
      end: 1,
      label: classes[i % 2],
      predicted: classes[Number(p > 0.5)],
      probabilities: [1 - p, p],
    };
  });
}

const options = { classes };
const of = (comparison: ReturnType<typeof compareRuns>, score: string) =>
  comparison.differences.find((one) => one.score === score)!;

Deno.test("compareRuns() tells a good run from a guessing one by every test", () => {
  const comparison = compareRuns(run(2, "good"), run(0, "guess"), options);
  expect(of(comparison, "accuracy").better).toBe("first");
  expect(of(comparison, "logLoss").better).toBe("first"); // lower is better
  expect(of(comparison, "rocAuc").p!).toBeLessThan(0.01);
  expect(comparison.mcnemar.p).toBeLessThan(0.001);
  expect(comparison.delong!.p).toBeLessThan(0.001);
  expect(comparison.acrossFolds.accuracy.p).toBeLessThan(0.05);
  const { first, second, difference } = of(comparison, "accuracy");
  expect(difference).toBeCloseTo(first - second, 12);
});

Deno.test("compareRuns() finds no difference between a run and itself", () => {
  const comparison = compareRuns(run(1, "same"), run(1, "same"), options);
  expect(of(comparison, "accuracy")).toMatchObject({ difference: 0, low: null, better: null });
  expect(comparison.mcnemar).toMatchObject({ firstOnly: 0, secondOnly: 0, p: 1 });
});

Deno.test("compareRuns() swaps its sides with its arguments", () => {
  const one = compareRuns(run(1, "a"), run(0.7, "b"), options),
    other = compareRuns(run(0.7, "b"), run(1, "a"), options);
  expect(of(one, "mcc").low).toBeCloseTo(-of(other, "mcc").high!, 12);
  expect(one.mcnemar.firstOnly).toBe(other.mcnemar.secondOnly);
});

Deno.test("compareRuns() has narrower intervals for runs that err on the same items", () => {
  // The second run changes six answers of the first; the third is another draw.
  const base = run(1, "a");
  const near = base.map((one, k) => k % 20 ? one : { ...one, predicted: "Normal" });
  const width = (other: Prediction[]) => {
    const { low, high } = of(compareRuns(base, other, options), "accuracy");
    return high! - low!;
  };
  expect(width(near)).toBeLessThan(width(run(1, "b")) / 2);
});

Deno.test("compareRuns() says what it can't tell", () => {
  const few = compareRuns(
    run(1, "a", 4).map((one) => ({ ...one, fold: 0 })),
    run(1, "b", 5).map((one) => ({ ...one, fold: 0 })),
    options,
  );
  expect(few.warnings.join(" ")).toMatch(/0 items of the first run and 2 of the second are left out/);
  expect(few.warnings.join(" ")).toMatch(/4 subjects are too few/);
  expect(few.warnings.join(" ")).toMatch(/One fold can't tell/);
  expect(few.warnings.join(" ")).toMatch(/take items as independent/);
  expect(of(few, "accuracy").p).toBeNull();
  expect(() => compareRuns(run(1, "a"), run(1, "b").map((one) => ({ ...one, part: "inter" })), options)).toThrow(
    /none in common/,
  );
});

Deno.test("compareRuns() gives each source the same say in the mean over sources, and its subjects vary within it", () => {
  const at = (predictions: Prediction[], source: string) =>
    predictions.map((one) => ({
      ...one,
      source,
      subject: `${source} ${one.subject}`,
      recording: `${source}/${one.recording}`,
    }));
  // 120 subjects of a large place where the second is better, 20 of a small one where the first is.
  const large = [at(run(0.5, "a", 120), "large"), at(run(1.5, "b", 120), "large")];
  const small = [at(run(2, "c", 20), "small"), at(run(0.1, "d", 20), "small")];
  const both = compareRuns([...large[0], ...small[0]], [...large[1], ...small[1]], options);
  const alone = [large, small].map(([first, second]) => of(compareRuns(first, second, options), "rocAuc"));
  const mean = both.sourceMean.find(({ score }) => score === "rocAuc")!;
  expect(mean.difference).toBeCloseTo((alone[0].difference + alone[1].difference) / 2, 12);
  expect(mean.difference - of(both, "rocAuc").difference).toBeGreaterThan(0.05);
  // Independent parts: half the root of the sum of squares, but for a quantile of Student's t of more degrees of freedom.
  const half = ({ low, high }: { low: number | null; high: number | null }) => (high! - low!) / 2;
  const expected = Math.hypot(...alone.map(half)) / 2;
  expect(half(mean)).toBeLessThanOrEqual(expected);
  expect(half(mean)).toBeGreaterThan(expected * studentQuantile(0.95, 140) / studentQuantile(0.95, 19));
  expect(compareRuns(large[0], large[1], options).sourceMean).toEqual([]);
  // A place with three healthy subjects has no AUC: it takes nothing from the mean over the others.
  const tiny = [run(1, "e", 6), run(1, "f", 6)].map((of) => at(of.filter(({ label }) => label === classes[0]), "tiny"));
  const three = compareRuns([...large[0], ...small[0], ...tiny[0]], [...large[1], ...small[1], ...tiny[1]], options);
  expect(three.sourceMean.find(({ score }) => score === "rocAuc")).toEqual(mean);
  expect(three.sourceMean.find(({ score }) => score === "accuracy")).toMatchObject({ low: null, high: null, p: null });
});

Deno.test("compareRuns() takes places from each run itself, and from the one that names them", () => {
  // The same 40 subjects, each judged as a whole, heard at two places.
  const judged = (name: string, place: string, skill: number) =>
    run(skill, `${name} ${place}`, 40).filter((_, k) => k % 2 === 0)
      .map((one) => ({ ...one, recording: one.subject, source: place, fold: place === "a" ? 0 : 1 }));
  const parts = ["a", "b"].map((place, i) => [judged("first", place, i ? 2 : 0), judged("second", place, 1)]);
  const [first, second] = [0, 1].map((k) => parts.flatMap((part) => part[k]));
  const accuracy = ({ sourceMean }: ReturnType<typeof compareRuns>) =>
    sourceMean.find(({ score }) => score === "accuracy")!;
  const alone = parts.map(([a, b]) => of(compareRuns(a, b, options), "accuracy"));
  expect(accuracy(compareRuns(first, second, options)).difference)
    .toBeCloseTo((alone[0].difference + alone[1].difference) / 2, 12);
  // Another program names no places.
  const apart = [first, second].map((of) => of.map((one) => ({ ...one, recording: `${one.source}/${one.recording}` })));
  const nowhere = (of: Prediction[]) => of.map((one) => ({ ...one, source: "all" }));
  const told = accuracy(compareRuns(apart[0], apart[1], options));
  expect(accuracy(compareRuns(nowhere(apart[0]), apart[1], options))).toEqual(told);
  expect(accuracy(compareRuns(apart[0], nowhere(apart[1]), options))).toEqual(told);
});
