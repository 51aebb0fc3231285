import { expect } from "expect";
import fc from "fast-check";
import { aggregateWindows, type Aggregation } from "./aggregate_windows.ts";

const rules: Aggregation[] = ["mean", "max", "noisy-or", "any-positive", { kind: "learned", exponent: 3 }];
const windows = Float64Array.of(0.6, 0.3, 0.1, /* */ 0.2, 0.1, 0.7, /* */ 0.9, 0.05, 0.05);
const join = (rule: Aggregation) => [...aggregateWindows(windows, [0, 0, 1], { size: 3, rule })];

function closeTo(found: number[], expected: number[]): void {
  expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 12));
}

Deno.test("aggregateWindows() joins two windows as worked by hand", () => {
  closeTo(join("mean"), [0.4, 0.2, 0.4]);
  closeTo(join("max"), [0.2, 0.1, 0.7]);
  // Healthy 0.6 * 0.2; others 1 - 0.7 * 0.9 and 1 - 0.9 * 0.3; scaled to sum 1.
  const sum = 0.12 + 0.37 + 0.73;
  closeTo(join("noisy-or"), [0.12 / sum, 0.37 / sum, 0.73 / sum]);
  closeTo(join("any-positive"), [0.2, 0.1, 0.7]);
  // Power mean of 0.4 and 0.8 with exponent 3.
  const sick = Math.cbrt((0.4 ** 3 + 0.8 ** 3) / 2);
  expect(join({ kind: "learned", exponent: 3 })[0]).toBeCloseTo(1 - sick, 12);
});

for (const rule of rules) {
  Deno.test(`aggregateWindows() leaves a single window as it is and always sums to 1 (${JSON.stringify(rule)})`, () => {
    closeTo(join(rule).slice(3), [0.9, 0.05, 0.05]);
    const row = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const flat = rows.flatMap((values) => values.map((value) => value / values.reduce((a, b) => a + b)));
        const joined = aggregateWindows(Float64Array.from(flat), rows.map(() => 0), { size: 4, rule });
        expect(joined.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
        expect(Math.min(...joined)).toBeGreaterThanOrEqual(-1e-15);
      }),
      { numRuns: 50 },
    );
  });
}

Deno.test("aggregateWindows() with an exponent of 1 is the mean of the probability of not being healthy", () => {
  expect(join({ kind: "learned", exponent: 1 })[0]).toBeCloseTo(join("mean")[0], 12);
});

Deno.test("aggregateWindows() gives NaN to an item without windows", () => {
  expect(aggregateWindows(windows, [0, 0, 2], { size: 3, rule: "mean" })[3]).toBeNaN();
});
