import { expect } from "expect";
import { float, int, oneOf, type SearchSpace } from "../../experiment/describe/search_space.ts";
import { type Direction, type ParamValue, pedAnova, type Trial } from "../mod.ts";
import goldens from "../goldens/importances.json" with { type: "json" };

// Trials and what get_param_importances of Optuna 5.0.0 says of them.

const spaces: Record<string, SearchSpace> = {
  "every kind of dimension": {
    rate: float(1e-4, 1e-1, { log: true }),
    drop: float(0, 0.55, { step: 0.1 }),
    bands: int(32, 128, { step: 32 }),
    hidden: int(8, 256, { log: true }),
    kind: oneOf("cnn", "crnn", "mlp"),
    fixed: int(3, 3),
  },
  "a dimension under a condition": {
    kind: oneOf("a", "b"),
    x: float(-1, 1),
    only_b: float(0, 10, { when: { kind: ["b"] } }),
  },
  "values that tie": { x: float(0, 1), n: int(1, 200) },
  "a single trial": { x: float(0, 1), n: int(1, 3) },
  "trials that crowd": { x: float(0, 1), y: float(1e-5, 1, { log: true }) },
};

function trialOf(number: number, params: Record<string, ParamValue>, value: number): Trial {
  return { number, state: "complete", value, params, intermediate: new Map() };
}

for (const { name, direction, trials, importances } of goldens) {
  Deno.test(`pedAnova() agrees with Optuna: ${name}`, () => {
    const own = trials.map(([params, value], i) => trialOf(i, params as Record<string, ParamValue>, value as number));
    const found = pedAnova(own, { space: spaces[name], direction: direction as Direction });
    // Optuna goes through logarithms of masses: 1e-9 is a thousand times the rounding of a sum of 50 of them.
    for (const [key, share] of Object.entries(importances)) expect(Math.abs(found[key] - share!)).toBeLessThan(1e-9);
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(importances).toSorted());
    const values = Object.values(found);
    expect(values).toEqual(values.toSorted((a, b) => b - a));
  });
}

Deno.test("pedAnova() leaves out trials that are pruned, failed or without a finite value", () => {
  const space = { x: float(0, 1), y: float(0, 1) };
  const good = Array.from({ length: 20 }, (_, i) => trialOf(i, { x: i / 20, y: (7 * i % 20) / 20 }, i));
  const others: Trial[] = [
    { ...trialOf(20, { x: 0.5, y: 0.5 }, 99), state: "pruned" },
    { ...trialOf(21, { x: 0.5, y: 0.5 }, 99), state: "fail" },
    trialOf(22, { x: 0.5, y: 0.5 }, Infinity),
  ];
  expect(pedAnova([...good, ...others], { space, direction: "maximize" })).toEqual(
    pedAnova(good, { space, direction: "maximize" }),
  );
});
