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

Deno.test("printScores() prints the mean over sources where one is left out at a time, and what it counts", async () => {
  const of = { low: 0.2, high: 0.9, level: 0.95, floor: 0.5, floors: {} };
  const subject = { accuracy: { ...of, value: 0.25, n: 8, unit: "subject" } };
  const sourceMean = { accuracy: { ...of, value: 0.75, n: 24, unit: "item" } };
  const metrics = { classes: [], parts: { test: { pooled: { subject }, sourceMean } }, warnings: [] };
  const run = { metrics: () => Promise.resolve(metrics) } as unknown as Run;
  const lines: string[] = [];
  const { log } = console;
  console.log = (line: string) => lines.push(line);
  try {
    for (const kind of ["leave-one-source-out", "grouped-folds"]) {
      await printScores(run, { scores: [], unit: "subject", protocol: { kind } });
    }
  } finally {
    console.log = log;
  }
  expect(lines.filter((line) => line.includes("over the sources"))).toEqual([
    expect.stringMatching(/by item: accuracy 0\.750 \(0\.200 to 0\.900\), floor 0\.500/),
  ]);
});
