/**
 * What several rooms compute alike: logistic regression, corrected tests, connected components.
 *
 * @example Which of two classes a single number tells
 * ```ts
 * import { expect } from "expect";
 * import { fitLogistic, predictLogistic } from "./mod.ts";
 * const model = fitLogistic([0, 1, 2, 3], [0, 0, 1, 1], { size: 2, width: 1 });
 * const [, sick] = predictLogistic(model, [1.5]);
 * expect(sick).toBeCloseTo(0.5, 4);
 * ```
 *
 * @module
 */
export * from "./logistic_regression.ts";
export * from "./holm.ts";
export * from "./union_find.ts";
