import { expect } from "expect";
import { compareRuns } from "../evaluation/mod.ts";
import type { Prediction } from "../scores/mod.ts";
import { judgedUnits, unitOfRun } from "./judged_units.ts";

const classes = ["Absent", "Unknown", "Present"];

/** A child heard at two sites, one answer each. */
function child(subject: string, label: string, said: number[][], part = "test"): Prediction[] {
  return said.map((probabilities, i) => ({
    ...{ fold: 0, seed: 0, part, subject, source: "", start: 0, end: 1, label, probabilities },
    ...{ recording: `${subject}-${i}.wav`, predicted: classes[probabilities.indexOf(Math.max(...probabilities))] },
  }));
}

Deno.test("unitOfRun() is what an official score counts, else what the experiment says", () => {
  expect(unitOfRun({ scores: ["circor-murmur"], unit: "item" })).toBe("subject");
  expect(unitOfRun({ scores: ["balancedAccuracy", "cinc2016"], unit: "item" })).toBe("recording");
  expect(unitOfRun({ scores: ["sprsound-1-1"], unit: "subject" })).toBe("item");
  expect(unitOfRun({ scores: ["rocAuc"], unit: "subject" })).toBe("subject");
});

Deno.test("judgedUnits() joins what is said of a child, and two runs are compared child by child", () => {
  const evaluation = { scores: ["circor-murmur"], unit: "subject" as const };
  // Present is heard at one of two sites: by the mean it is found in a, missed in b.
  const first = [
    ...child("a", "Present", [[0.1, 0.1, 0.8], [0.5, 0.1, 0.4]]),
    ...child("b", "Present", [[0.2, 0.2, 0.6], [0.9, 0.1, 0]]),
    ...child("c", "Absent", [[0.9, 0, 0.1], [0.8, 0.1, 0.1]]),
  ];
  const units = judgedUnits({ predictions: first, classes }, evaluation);
  expect(units.unit).toBe("subject");
  expect(units.predictions.map(({ recording, predicted }) => [recording, predicted])).toEqual([
    ["a", "Present"],
    ["b", "Absent"],
    ["c", "Absent"],
  ]);
  const all = first.map((one) => ({
    ...one,
    predicted: one.label,
    probabilities: classes.map((c) => +(c === one.label)),
  }));
  const right = judgedUnits({ predictions: all, classes }, evaluation).predictions;
  const { items, differences } = compareRuns(units.predictions, right, { classes, scores: evaluation.scores });
  expect(items).toBe(3);
  // Weights 5, 3, 1 for Present, Unknown, Absent: (5 + 1) of (2 x 5 + 1).
  const { first: value, second } = differences.find(({ score }) => score === "circor-murmur")!;
  expect([value, second]).toEqual([6 / 11, 1]);
  const byItem = compareRuns(first, all, { classes, scores: evaluation.scores }).differences;
  expect(byItem.some(({ score }) => score === "circor-murmur")).toBe(false);
});

Deno.test("judgedUnits() takes the rule that the validation part asks for", () => {
  // One site with a murmur is enough in these validation children, of whom the mean would miss all.
  const validation = ["u", "v", "w", "x"].flatMap((name, i) =>
    child(
      name,
      i % 2 ? "Present" : "Absent",
      i % 2 ? [[0.1, 0, 0.9], [0.95, 0, 0.05]] : [[0.7, 0, 0.3], [0.75, 0, 0.25]],
      "validation",
    )
  );
  const test = child("a", "Present", [[0.1, 0, 0.9], [0.95, 0, 0.05]]);
  const evaluation = { scores: [], unit: "subject" as const, decision: "youden" };
  const [{ predicted }] = judgedUnits({ predictions: [...validation, ...test], classes }, evaluation).predictions;
  expect(predicted).toBe("Present");
  expect(judgedUnits({ predictions: test, classes }, evaluation).predictions[0].predicted).toBe("Absent");
});
