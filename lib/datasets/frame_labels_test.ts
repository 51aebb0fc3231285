import { expect } from "expect";
import fc from "fast-check";
import { frameLabels } from "./mod.ts";

const classes: Record<string, string[]> = { S1: ["S1"], systole: ["systole"], murmur: ["AS", "MR"] };

Deno.test("frameLabels() takes frames by their middle, and the class that is named last where spans overlap", () => {
  const spans = [
    { start: 0.15, end: 0.25, label: "AS" },
    { start: 0.1, end: 0.3, label: "systole" },
    { start: 0.04, end: 0.1, label: "S1" },
    { start: 0.3, end: 0.5, label: "cough" },
  ];
  const times = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35];
  expect([...frameLabels(spans, { classes, times })]).toEqual([-1, 0, 1, 2, 2, 1, -1, -1]);
  expect([...frameLabels(spans, { classes, times, outside: "systole" })]).toEqual([1, 0, 1, 2, 2, 1, 1, 1]);
});

Deno.test("frameLabels() says of each frame what a look at every span says", () => {
  const span = fc.record({
    start: fc.integer({ min: 0, max: 40 }),
    length: fc.integer({ min: 1, max: 20 }),
    label: fc.constantFrom("S1", "systole", "AS", "MR", "cough"),
  });
  fc.assert(fc.property(fc.array(span, { maxLength: 12 }), (drawn) => {
    const spans = drawn.map(({ start, length, label }) => ({ start, end: start + length, label }));
    const times = Array.from({ length: 30 }, (_, frame) => frame * 2 + 0.5);
    const expected = times.map((time) => {
      const over = spans.filter(({ start, end }) => start <= time && time < end).map(({ label }) => label);
      return Object.values(classes).findLastIndex((labels) => over.some((label) => labels.includes(label)));
    });
    expect([...frameLabels(spans, { classes, times })]).toEqual(expected);
  }));
});
