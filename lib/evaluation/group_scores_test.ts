import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { groupScores } from "./group_scores.ts";
import type { Prediction } from "../scores/mod.ts";

const CLASSES = ["Normal", "Murmur"];

/** Subjects of two recordings each, right with the chance of their group. */
function cohort(chances: Record<string, number>, each: number) {
  const stream = randomStream(0, "cohort");
  const groupOf = new Map<string, string>();
  const predictions = Object.entries(chances).flatMap(([group, chance]) =>
    Array.from({ length: 2 * each }, (_, i): Prediction => {
      const label = CLASSES[(i >> 1) % 2], right = stream.uniform() < chance;
      const predicted = right ? label : CLASSES.find((name) => name !== label)!;
      const recording = `${group}${i}.wav`;
      groupOf.set(recording, group);
      return {
        ...{ fold: 0, seed: 0, part: "test", recording, subject: `${group}${i >> 1}`, source: "", start: 0, end: 1 },
        ...{ label, predicted, probabilities: predicted === "Normal" ? [0.9, 0.1] : [0.1, 0.9] },
      };
    })
  );
  return { predictions, groupOf };
}

const options = { classes: CLASSES, scores: ["cinc2016"] };

Deno.test("groupScores() counts each group and warns of the one that does worse", () => {
  const { predictions, groupOf } = cohort({ old: 0.6, young: 0.95 }, 100);
  const [old, young] = groupScores(predictions, { ...options, groups: { age: groupOf } });
  const own = predictions.filter(({ recording }) => groupOf.get(recording) === "old");
  const right = own.filter((one) => one.predicted === one.label).length / own.length;
  expect([old.attribute, old.group, old.subjects, old.scores.accuracy.n]).toEqual(["age", "old", 100, 200]);
  expect(old.scores.accuracy.value).toBeCloseTo(right, 12);
  expect(old.differences.accuracy.value).toBeCloseTo(right - young.scores.accuracy.value!, 12);
  expect([old.differences.accuracy.worse, young.differences.accuracy.worse]).toEqual([true, false]);
  expect(old.differences["cinc2016"].worse).toBe(true);
});

Deno.test("groupScores() has an interval of the difference as wide as that of two independent shares", () => {
  const { predictions, groupOf } = cohort({ a: 0.8, b: 0.8 }, 200);
  const [a] = groupScores(predictions, { ...options, groups: { sex: groupOf } });
  const { low, high } = a.differences.accuracy;
  // Two shares of 400 at .8: deviation sqrt(2 * .16 / 400); clusters of two independent recordings change nothing.
  const width = 2 * 1.96 * Math.sqrt(2 * 0.16 / 400);
  expect(Math.abs((high! - low!) / width - 1)).toBeLessThan(0.2);
});

Deno.test("groupScores() tells no interval of few subjects, no score of one class, and nothing of one group", () => {
  const { predictions, groupOf } = cohort({ few: 0.9, many: 0.9 }, 40);
  const four = predictions.filter(({ recording, subject }) =>
    groupOf.get(recording) === "many" || Number(subject.slice(3)) < 4
  );
  const [few] = groupScores(four, { ...options, groups: { device: groupOf } });
  expect([few.scores.accuracy.low, few.differences.accuracy.low, few.differences.accuracy.worse])
    .toEqual([null, null, false]);
  expect(few.scores.accuracy.reason).toBe("4 subjects on one side are too few for an interval");
  const ill = predictions.filter((one) => groupOf.get(one.recording) === "many" || one.label === "Murmur");
  const [only] = groupScores(ill, { ...options, groups: { device: groupOf } });
  expect([only.scores.specificity.value, only.scores.specificity.reason]).toEqual([null, "only Murmur in the truth"]);
  const one = new Map([...groupOf.keys()].map((name) => [name, "all"]));
  expect(groupScores(predictions, { ...options, groups: { device: one } })).toEqual([]);
});

Deno.test("groupScores() leaves recordings without the attribute out of both sides", () => {
  const { predictions, groupOf } = cohort({ a: 1, b: 1, unknown: 0 }, 20);
  for (const [name, group] of groupOf) if (group === "unknown") groupOf.delete(name);
  const groups = groupScores(predictions, { ...options, groups: { sex: groupOf } });
  expect(groups.map(({ group, differences }) => [group, differences.accuracy.value])).toEqual([["a", 0], ["b", 0]]);
});
