import { expect } from "expect";
import { metrics as metricsFile } from "./score.ts";

function metrics(name: string, changes: Record<string, unknown>) {
  const score = {
    value: 0.5,
    low: null,
    high: null,
    level: 0.95,
    n: 3,
    unit: "item",
    floor: null,
    floors: {},
    ...changes,
  };
  const part = {
    pooled: { item: { [name]: score } },
    ...{ folds: [], sources: [], sourceMean: {}, confusion: { classes: [], counts: [] } },
  };
  return metricsFile.safeParse({ version: 1, classes: [], parts: { test: part }, warnings: [] });
}

Deno.test("metrics refuses scores outside of their range and counts below 0, and names them", () => {
  for (const [name, value] of [["accuracy", 1e308], ["accuracy", -0.1], ["mcc", -1.2], ["logLoss", -1]] as const) {
    const { error } = metrics(name, { value });
    expect(error!.issues[0].path.slice(-2)).toEqual([name, "value"]);
    expect(error!.issues[0].message).toContain(String(value));
  }
  expect(metrics("accuracy", { floor: 3 }).success).toBe(false);
  expect(metrics("accuracy", { n: -1 }).success).toBe(false);
  expect(metrics("accuracy", { n: 1.5 }).success).toBe(false);
});

Deno.test("metrics takes what scores can be", () => {
  const fine = [["accuracy", 1 + 1e-12], ["mcc", -1], ["logLoss", 700], ["sensitivity/Wheeze", null]] as const;
  for (const [name, value] of fine) expect(metrics(name, { value }).success).toBe(true);
});
