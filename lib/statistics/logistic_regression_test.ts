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

Deno.test("fitLogistic() finds the log odds of a two by two table, where the penalty hardly counts", () => {
  // 10 rows with input 0, of which 2 are positive; 10 with input 1, of which 6 are: odds 2:8 and 6:4.
  const inputs = Array.from({ length: 20 }, (_, i) => i < 10 ? 0 : 1);
  const labels = inputs.map((x, i) => x === 0 ? (i < 2 ? 1 : 0) : (i < 16 ? 1 : 0));
  const { coefficients: [weight, bias] } = fitLogistic(inputs, labels, { size: 2, width: 1, c: 1e9, tolerance: 1e-3 });
  expect(bias).toBeCloseTo(Math.log(2 / 8), 6);
  expect(weight).toBeCloseTo(Math.log(6 / 4) - Math.log(2 / 8), 6);
});

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
