import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { evaluatePredictions } from "../evaluation/mod.ts";
import { fitUnitRules } from "./fit_unit_rules.ts";
import type { Prediction } from "../scores/mod.ts";

const classes = ["Normal", "Murmur"];

/** Subjects of four recordings; a murmur is heard in one of them only, and every fourth subject has one. */
function subjects(count: number, part: string): Prediction[] {
  const stream = randomStream(0, part);
  return Array.from({ length: 4 * count }, (_, k) => {
    const subject = k >> 2, sick = subject % 4 === 0;
    const p = 1 / (1 + Math.exp(-stream.normal() - (sick && k % 4 === 1 ? 3 : -2)));
    return {
      fold: 0,
      seed: 0,
      part,
      recording: `${part}${k}.wav`,
      subject: `${part}${subject}`,
      source: "",
      start: 0,
      end: 1,
      label: classes[Number(sick)],
      predicted: classes[Number(p > 0.5)],
      probabilities: [1 - p, p],
    };
  });
}

Deno.test("fitUnitRules() finds murmurs that one of four sites shows, where the mean misses them", () => {
  const test = subjects(80, "test"), validation = subjects(60, "validation");
  const sensitivity = (ruleOf?: ReturnType<typeof fitUnitRules>) =>
    evaluatePredictions(test, { classes, seed: 0, resamples: 0, ruleOf }).pooled.subject!.sensitivity.value!;
  const rules = fitUnitRules(validation, { classes, aim: "youden" });
  expect(sensitivity()).toBeLessThan(0.3);
  expect(sensitivity(rules)).toBeGreaterThan(0.9);
});

Deno.test("fitUnitRules() has no rule for a fold without validation, with two labels a subject, or with one class", () => {
  const rules = fitUnitRules(subjects(8, "validation"), { classes, aim: "youden" });
  expect(rules("subject", { fold: 1, seed: 0 })).toBeUndefined();
  const mixed = subjects(8, "validation").map((one, k) => ({ ...one, label: classes[k % 2] }));
  expect(fitUnitRules(mixed, { classes, aim: "argmax" })("subject", { fold: 0, seed: 0 })).toBeUndefined();
  const healthy = subjects(8, "validation").filter(({ label }) => label === "Normal");
  expect(fitUnitRules(healthy, { classes, aim: "youden" })("subject", { fold: 0, seed: 0 })).toBeUndefined();
});
