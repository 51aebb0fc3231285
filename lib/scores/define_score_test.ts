import { expect } from "expect";
import { z } from "zod";
import { answers, confusion, type JudgedAnswers } from "./confusion_scores.ts";
import { compareRuns, evaluatePredictions, groupScores } from "../evaluation/mod.ts";
import { defineScore, type JudgedCounts } from "./define_score.ts";
import { fitDecision } from "../decision/mod.ts";
import type { Prediction } from "./score.ts";
import { namedScore, scoreInfo, scoreKey } from "./score_table.ts";

const classes = ["Normal", "Murmur"];

/** 60 subjects of two recordings; every other one has a murmur. */
function cohort(shift = 0): Prediction[] {
  return Array.from({ length: 120 }, (_, k) => {
    const i = k >> 1, label = classes[i % 2];
    const p = ((k * 37 + shift) % 120) / 240 + (label === "Murmur" ? 0.4 : 0.1);
    return {
      ...{ fold: i % 4, seed: 0, part: "test", recording: `${k}.wav`, subject: `s${i}`, start: 0, end: 1, label },
      ...{ source: i < 30 ? "x" : "y", predicted: classes[Number(p > 0.5)], probabilities: [1 - p, p] },
    };
  });
}

/** Sensitivity and specificity as they are built in, said once more by a user. */
const balanced = defineScore({
  name: "test-balanced",
  title: "own balanced accuracy",
  meaning: "mean of sensitivity and specificity, one counted more",
  options: z.strictObject({ sick: z.number().min(0).max(1).default(0.5) }),
  from: confusion,
  value: ({ counts: [tn, fp, fn, tp] }: JudgedCounts, { sick }) => sick * tp / (tp + fn) + (1 - sick) * tn / (tn + fp),
});

/** Log loss without a bound, of the answers themselves. */
const surprise = defineScore({
  name: "test-surprise",
  title: "own surprise",
  meaning: "mean surprise at the truth",
  better: "lower",
  range: [0, Infinity],
  from: answers,
  value: ({ labels, probabilities }: JudgedAnswers) =>
    labels.reduce((sum, label, i) => sum - Math.log(probabilities[2 * i + label]), 0) / labels.length,
});

const plain = { classes, seed: 0, resamples: 300 };
const own = [balanced(), surprise()];

Deno.test("an own score has the value, interval and floors of the built-in one that says the same", () => {
  const floors = { linear: { predictions: cohort(50) } };
  const { pooled, sourceMean } = evaluatePredictions(cohort(), { ...plain, scores: own, floors });
  const { balancedAccuracy, logLoss, ...item } = pooled.item!;
  const { about, ...same } = item["test-balanced(sick=0.5)"];
  expect(same).toEqual(balancedAccuracy);
  expect(about).toMatchObject({ title: "own balanced accuracy (sick=0.5)", better: "higher", range: [0, 1] });
  expect(pooled.subject!["test-balanced(sick=0.5)"].value).toBe(pooled.subject!.balancedAccuracy.value);
  expect(sourceMean["test-balanced(sick=0.5)"].low).toBe(sourceMean.balancedAccuracy.low);

  const lost = item["test-surprise"];
  expect(lost.value).toBeCloseTo(logLoss.value!, 12);
  expect(lost.floors.prior).toBeCloseTo(Math.LN2, 12);
  expect(lost.floors.linear).toBeCloseTo(logLoss.floors.linear, 12);
  expect(lost.floor).toBeCloseTo(logLoss.floor!, 12);
  // Resampled, where Wilson's takes it as a count: an interval of a mean loss is about as wide by its deviation.
  expect(lost.method).toBe("bca");
  expect(lost.low!).toBeLessThan(lost.value!);
  expect(lost.high!).toBeGreaterThan(lost.value!);
  expect(lost.about!.range).toEqual([0, null]);
});

Deno.test("an own score stands in groups and in comparisons as the built-in one does", () => {
  const groups = { sex: new Map(cohort().map(({ recording }, k) => [recording, k % 8 < 4 ? "female" : "male"])) };
  const [group] = groupScores(cohort(), { classes, scores: own, groups });
  expect(group.differences["test-balanced(sick=0.5)"]).toEqual(group.differences.balancedAccuracy);
  const { differences, acrossFolds } = compareRuns(cohort(), cohort(50), { classes, scores: own });
  const of = (name: string) => differences.find(({ score }) => score === name)!;
  expect({ ...of("test-balanced(sick=0.5)"), score: "" }).toEqual({ ...of("balancedAccuracy"), score: "" });
  expect(of("test-surprise").difference).toBeCloseTo(of("logLoss").difference, 12);
  expect(acrossFolds["test-balanced(sick=0.5)"]).toEqual(acrossFolds.balancedAccuracy);
});

Deno.test("an own score can be decided for", () => {
  const labels = cohort().map(({ label }) => classes.indexOf(label));
  const examples = { labels, probabilities: Float64Array.from(cohort().flatMap(({ probabilities }) => probabilities)) };
  const rule = (score: string | { kind: string }) => fitDecision(examples, { classes, aim: { score } });
  expect(rule(balanced())).toEqual(rule("balancedAccuracy"));
  // Where finding the ill is all that counts, all are called so.
  expect(rule(balanced({ sick: 1 })).threshold!).toBeLessThan(rule(balanced()).threshold!);
  expect(() => rule(surprise())).toThrow(/score of the answers .*"test-surprise"/);
});

Deno.test("an own score that a resample lacks is told as a built-in one is", () => {
  const ill = cohort().map((one) => ({ ...one, label: "Murmur" }));
  const { pooled } = evaluatePredictions(ill, { ...plain, scores: own });
  expect(pooled.item!["test-balanced(sick=0.5)"]).toMatchObject({ value: null, reason: "only Murmur in the truth" });
});

Deno.test("a score whose module isn't loaded stands without a value, and says what is missing", () => {
  const { pooled } = evaluatePredictions(cohort(), { ...plain, scores: [{ kind: "test-nobody" }] });
  expect(pooled.item!["test-nobody"]).toMatchObject({ value: null, reason: expect.stringMatching(/needs the module/) });
});

Deno.test("scores are asked for by name or with options, and an unknown one is named", () => {
  expect(namedScore.parse("icbhi")).toBe("icbhi");
  expect(namedScore.parse("test-balanced")).toEqual({ kind: "test-balanced", sick: 0.5 });
  expect(scoreKey(balanced({ sick: 0.9 }))).toBe("test-balanced(sick=0.9)");
  expect(scoreInfo("test-balanced(sick=0.9)").title).toMatch(/^own balanced accuracy/);
  expect(() => namedScore.parse({ kind: "test-balanced", sick: 2 })).toThrow(/sick: .*1/);
  expect(() => namedScore.parse("test-nobody")).toThrow(/expected one of .*\\"icbhi\\"/);
});

let calls = 0;
const wrong: Record<string, [value: () => number, what: RegExp]> = {
  infinite: [() => Infinity, /finite value.*Infinity/],
  beyond: [() => 1.5, /from 0 to 1.*1\.5/],
  moody: [() => calls++ % 7 / 10, /same value of the same answers/],
  text: [() => "high" as unknown as number, /a number.*string/],
  broken: [() => {
    throw new TypeError("no such thing");
  }, /an error: no such thing/],
};
for (const [name, [value, what]] of Object.entries(wrong)) {
  const score = defineScore({ name: `test-${name}`, title: name, meaning: "", from: answers, value });
  Deno.test(`an own score that is ${name} is refused with its name, its module and what was expected`, () => {
    const judge = () => evaluatePredictions(cohort(), { ...plain, scores: [score()] });
    expect(judge).toThrow(what);
    expect(judge).toThrow(new RegExp(`test-${name}.*define_score_test\\.ts`));
  });
}
