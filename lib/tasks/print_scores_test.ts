import { expect } from "expect";
import type { Run } from "../runs/mod.ts";
import { printScores } from "./print_scores.ts";

Deno.test("printScores() says once below the table why intervals are missing", async () => {
  const score = { value: 0.5, low: null, high: null, level: 0.95, n: 4, unit: "item", floor: 0.5, floors: {} };
  const reason = "too few subjects of a class for an interval";
  const item = {
    balancedAccuracy: { ...score, reason },
    mcc: { ...score, reason },
    f1Macro: { ...score, low: 0.2, high: 0.8 },
  };
  const metrics = { classes: [], parts: { test: { pooled: { item } } }, warnings: [] };
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => lines.push(line);
  try {
    await printScores({ metrics: () => Promise.resolve(metrics) } as unknown as Run, { scores: [] });
  } finally {
    console.log = log;
  }
  expect(lines.join("\n").split(reason)).toHaveLength(2);
  expect(lines.find((line) => line.startsWith("f1Macro"))).toMatch(/0\.200 to 0\.800/);
});
