import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import type { JudgedItems } from "../scores/mod.ts";
import { normalQuantile } from "../statistics/mod.ts";
import { simulateStudies, worseAnswers } from "./simulate_studies.ts";

const classes = ["N", "W"];

/** A subject an item, of which so many of each class are right. */
function answered(subjects: number, right: number): JudgedItems {
  const labels = Int32Array.from({ length: subjects }, (_, i) => i % 2);
  const predicted = labels.map((label, i) => Math.floor(i / 2) < right * subjects / 2 ? label : 1 - label);
  return {
    ...{ labels, predicted, clusters: Int32Array.from(labels.keys()) },
    probabilities: Float64Array.from([...predicted].flatMap((p) => p === 0 ? [0.8, 0.2] : [0.2, 0.8])),
  };
}

Deno.test("simulateStudies() has intervals as wide as the closed form of a proportion says", () => {
  const n = 400, p = 0.8, studies = 150;
  const found = simulateStudies([answered(200, p)], {
    ...{ classes, score: "accuracy", subjects: n, studies, stream: randomStream(1, "studies") },
  });
  const mean = found.reduce((sum, { width }) => sum + width!, 0) / studies;
  const wald = 2 * normalQuantile(0.975) * Math.sqrt(p * (1 - p) / n);
  // The width varies with the share found by |1 - 2p| / 2p(1 - p) of it. Above the closed form stand Student's t, a continuity of
  // 1/4 to either side and the imagined wrong answers, 3.5 % together at this size.
  const error = Math.abs(1 - 2 * p) / (2 * p * (1 - p)) * Math.sqrt(p * (1 - p) / n) / Math.sqrt(studies);
  expect(mean / wald).toBeGreaterThan(1 - 3 * error);
  expect(mean / wald).toBeLessThan(1.035 + 3 * error);
});

Deno.test("simulateStudies() sees a difference as often as McNemar's sample size says", () => {
  // Connor (1987): 155 pairs for 80 % power where 20 % disagree and the difference is 10 points.
  const discordance = 0.2, difference = 0.1, studies = 300;
  const z = normalQuantile(0.975) * Math.sqrt(discordance) +
    normalQuantile(0.8) * Math.sqrt(discordance - difference ** 2);
  const subjects = Math.ceil(z ** 2 / difference ** 2);
  expect(subjects).toBe(155);
  const stream = randomStream(2, "worse");
  const found = simulateStudies(
    [answered(1000, 0.8)],
    { classes, score: "accuracy", subjects, studies, stream: randomStream(2, "studies") },
    (study) => worseAnswers(study, { right: [0.8, 0.8], difference, discordance, stream }),
  );
  const power = found.filter(({ p }) => p !== null && p < 0.05).length / studies;
  const error = Math.sqrt(0.8 * 0.2 / studies);
  // The imagined wrong answers widen an interval of 155 subjects by 3 %, which costs up to 4 points of power.
  expect(power).toBeGreaterThan(0.8 - 0.04 - 3 * error);
  expect(power).toBeLessThan(0.8 + 3 * error);
});

Deno.test("simulateStudies() knows that items of one subject say less than as many subjects", () => {
  const alone = answered(200, 0.8);
  const together = { ...alone, clusters: Int32Array.from(alone.labels, (_, i) => Math.floor(i / 10)) };
  const width = (items: JudgedItems, subjects: number) => {
    const options = { classes, score: "balancedAccuracy", subjects, studies: 40, stream: randomStream(3, "s") };
    return simulateStudies([items], options).reduce((sum, study) => sum + study.width!, 0);
  };
  expect(width(together, 20)).toBeGreaterThan(1.5 * width(alone, 200));
});
