import { expect } from "expect";
import { lowerIsBetter } from "./constant_floors.ts";
import { scoreStatistic } from "./score_statistic.ts";

Deno.test("lowerIsBetter() agrees with what every score gives a right and a wrong classifier", () => {
  const labels = Int32Array.of(0, 1, 0, 1, 1, 0);
  const judged = (sure: number) => {
    const probabilities = Float64Array.from(
      [...labels].flatMap((label) => label === 0 ? [sure, 1 - sure] : [1 - sure, sure]),
    );
    const predicted = labels.map((label) => sure > 0.5 ? label : 1 - label);
    const items = { labels, predicted, probabilities, clusters: labels.map((_, i) => i) };
    const { names, statistic } = scoreStatistic(items, {
      classes: ["Normal", "Abnormal"],
      official: ["circor-outcome", "icbhi-2"],
    });
    const values = statistic(new Float64Array(labels.length).fill(1));
    return new Map(names.map((name, i) => [name, values[i]]));
  };
  const [right, wrong] = [judged(0.95), judged(0.05)];
  for (const [name, value] of right) {
    const other = wrong.get(name)!;
    if (Number.isFinite(value) && Number.isFinite(other) && value !== other) {
      expect([name, lowerIsBetter(name)]).toEqual([name, value < other]);
    }
  }
  expect(right.size).toBeGreaterThan(15);
});
