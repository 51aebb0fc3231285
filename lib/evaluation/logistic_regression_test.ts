import { expect } from "expect";
import goldens from "./goldens/logistic_regression.json" with { type: "json" };
import { fitLogistic, predictLogistic } from "./logistic_regression.ts";
import { minimise } from "./minimise.ts";

function lcgFeatures(seed: number, count: number): Float64Array {
  let s = seed;
  return Float64Array.from({ length: count }, () => {
    s = (1664525 * s + 1013904223) % 2 ** 32;
    return s / 2 ** 30 - 2;
  });
}

for (const golden of goldens.cases) {
  Deno.test(`fitLogistic() agrees with scikit-learn on ${golden.name}`, () => {
    const { classes: size, width, c, weights, labels } = golden;
    const features = lcgFeatures(golden.seed, golden.n * width);
    const model = fitLogistic(features, labels, { size, width, c, weights, tolerance: 1e-9 });
    // A gradient of 1e-9 and a curvature of at least 1 (the penalty) leave the weights within 1e-8.
    golden.coefficients.flat().forEach((value, k) => expect(model.coefficients[k]).toBeCloseTo(value, 6));
    const probabilities = predictLogistic(model, features);
    golden.firstProbabilities.flat().forEach((value, k) => expect(probabilities[k]).toBeCloseTo(value, 7));
  });
}

Deno.test("minimise() finds the minimum of a quadratic with a condition number of 10,000", () => {
  const scale = [1, 100, 10_000], centre = [3, -2, 0.5];
  const found = minimise(
    (at, gradient) => {
      scale.forEach((s, k) => gradient[k] = s * (at[k] - centre[k]));
      return scale.reduce((sum, s, k) => sum + s * (at[k] - centre[k]) ** 2 / 2, 0);
    },
    new Float64Array(3),
    { tolerance: 1e-9 },
  );
  centre.forEach((value, k) => expect(found[k]).toBeCloseTo(value, 8));
});
