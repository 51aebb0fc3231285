import { expect } from "expect";
import { applyDecision, decisionRule, temper } from "./decision_rule.ts";

const decide = (
  rule: object,
  probabilities: number[],
  size: number,
) => [...applyDecision(decisionRule.parse(rule), Float64Array.from(probabilities), { size }).predicted];

Deno.test("applyDecision() takes the most probable class by default, the first of equals", () => {
  expect(decide({}, [0.5, 0.5, 0.2, 0.8], 2)).toEqual([0, 1]);
});

Deno.test("applyDecision() calls healthy what doesn't reach the threshold, and else the most probable other class", () => {
  // Healthy leads with 0.45, but the others together have 0.55.
  const rows = [0.45, 0.3, 0.25, 0.7, 0.1, 0.2];
  expect(decide({ threshold: 0.5 }, rows, 3)).toEqual([1, 0]);
  expect(decide({ threshold: 0.3 }, rows, 3)).toEqual([1, 2]);
});

Deno.test("applyDecision() weighs the classes", () => {
  expect(decide({ weights: [1, 3] }, [0.7, 0.3, 0.8, 0.2], 2)).toEqual([1, 0]);
});

Deno.test("applyDecision() marks answers that are less sure than the rule wants", () => {
  const rule = decisionRule.parse({ unsureBelow: 0.7 });
  expect([...applyDecision(rule, Float64Array.of(0.6, 0.4, 0.2, 0.8), { size: 2 }).unsure]).toEqual([1, 0]);
});

Deno.test("temper() is softmax(logits / T) of softmax(logits)", () => {
  const logits = [2, -1, 0.5], T = 2.5;
  const softmax = (z: number[]) => {
    const e = z.map(Math.exp), sum = e.reduce((a, b) => a + b);
    return e.map((value) => value / sum);
  };
  const tempered = temper(Float64Array.from(softmax(logits)), { size: 3, temperature: T });
  softmax(logits.map((z) => z / T)).forEach((value, c) => expect(tempered[c]).toBeCloseTo(value, 14));
});
