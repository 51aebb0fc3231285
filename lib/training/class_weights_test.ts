import { expect } from "expect";
import fc from "fast-check";
import { classWeights } from "./mod.ts";

Deno.test("classWeights() is n / (classes n_c) for inverse, as scikit-learn's balanced", () => {
  const labels = new Int32Array([0, 0, 0, 0, 0, 0, 1, 1]);
  expect([...classWeights(labels, { classes: 2, kind: "inverse" })]).toEqual([8 / 12, 8 / 4].map(Math.fround));
});

Deno.test("classWeights() has mean 1 over the examples and grows for rarer classes", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1 }), (values) => {
    const labels = Int32Array.from(values);
    for (const kind of ["none", "inverse", "sqrt-inverse"] as const) {
      const weights = classWeights(labels, { classes: 5, kind });
      const mean = labels.reduce((sum, label) => sum + weights[label], 0) / labels.length;
      expect(Math.abs(mean - 1)).toBeLessThan(1e-5);
      expect(weights[4]).toBe(0);
    }
  }));
});
