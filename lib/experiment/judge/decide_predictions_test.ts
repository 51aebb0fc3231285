import { expect } from "expect";
import type { Prediction } from "../../scores/mod.ts";
import { randomStream } from "../../random/mod.ts";
import { decidePredictions, fitRule } from "./decide_predictions.ts";

const classes = ["Normal", "Crackle"];

/** Recordings of six windows; every third is of a patient whose crackle is heard in `loud` of them. */
function recordings(count: number, { loud, part }: { loud: number; part: string }): Prediction[] {
  const stream = randomStream(loud, part);
  return Array.from({ length: 6 * count }, (_, i) => {
    const recording = Math.floor(i / 6), window = i % 6, sick = recording % 3 === 0;
    const p = 1 / (1 + Math.exp(-stream.normal() - (sick && window < loud ? 3 : -2)));
    return {
      ...{ fold: 0, seed: 0, part, recording: `${recording}.wav`, subject: `${recording}`, source: "" },
      ...{ start: 0, end: 12, window, label: classes[Number(sick)], predicted: classes[Number(p > 0.5)] },
      probabilities: [1 - p, p],
    };
  });
}

function accuracy(predictions: Prediction[]): number {
  return predictions.filter(({ label, predicted }) => label === predicted).length / predictions.length;
}

Deno.test("fitRule() learns from validation that one window makes a recording ill, where the mean misses it", () => {
  const validation = recordings(90, { loud: 1, part: "validation" }), test = recordings(90, { loud: 1, part: "test" });
  const judged = (aggregation: "chosen" | "mean") =>
    accuracy(decidePredictions(test, fitRule(validation, { classes, aim: "argmax", aggregation }), classes));
  expect(fitRule(validation, { classes, aim: "argmax", aggregation: "chosen" }).aggregation).not.toBe("mean");
  expect(judged("mean")).toBeLessThan(0.85);
  expect(judged("chosen")).toBeGreaterThan(0.9);
});

Deno.test("fitRule() takes the rule that it is told to, and none for windows that are recordings of their own", () => {
  const rule = fitRule(recordings(30, { loud: 6, part: "validation" }), { classes, aim: "youden", aggregation: "max" });
  expect(rule.aggregation).toBe("max");
  const alone = recordings(30, { loud: 6, part: "validation" }).filter(({ window }) => window === 0);
  expect(fitRule(alone, { classes, aim: "argmax", aggregation: "chosen" }).aggregation).toBe("mean");
});

Deno.test("decidePredictions() makes one prediction of an item's windows, and keeps equal items apart", () => {
  const windows = recordings(1, { loud: 1, part: "test" });
  const [first, second, ...others] = decidePredictions(
    [...windows, ...windows, { ...windows[0], window: undefined, recording: "whole.wav" }],
    fitRule(recordings(9, { loud: 1, part: "validation" }), { classes, aim: "argmax", aggregation: "max" }),
    classes,
  );
  expect(first).toEqual(second);
  expect(first).not.toHaveProperty("window");
  expect(others.map(({ recording }) => recording)).toEqual(["whole.wav"]);
});
