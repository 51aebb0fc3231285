import { expect } from "expect";
import { delong } from "./delong.ts";
import { goldenNumber } from "./golden_number.ts";
import goldens from "./goldens/metrics.json" with { type: "json" };
import { mcnemar } from "./mcnemar.ts";
import { resampledT } from "./resampled_t.ts";

for (const golden of goldens.mcnemar) {
  const { b_only_first_right: b, c_only_second_right: c } = golden;
  Deno.test(`mcnemar() agrees with statsmodels for ${b} and ${c}`, () => {
    const test = mcnemar(b, c);
    expect(test.p).toBeCloseTo(golden.exact_p, 8);
    if (test.corrected === null) return;
    const corrected = golden.chi2_corrected as number[];
    expect(test.corrected.statistic).toBeCloseTo(goldenNumber(corrected[0]), 8);
    expect(test.corrected.p).toBeCloseTo(goldenNumber(corrected[1]), 8);
  });
}

for (const golden of goldens.delong) {
  Deno.test(`delong() agrees with the structural components: ${golden.id}`, () => {
    const test = delong(golden.y, golden.a, golden.b);
    [0, 1].forEach((i) => {
      expect(test.auc[i]).toBeCloseTo(golden.auc[i], 9);
      [0, 1].forEach((j) => expect(test.covariance[i][j]).toBeCloseTo(golden.cov[i][j], 9));
    });
    expect(test.difference).toBeCloseTo(golden.diff, 9);
    if (typeof golden.z === "string") expect(test.z).toBeNaN();
    else {
      expect(test.z).toBeCloseTo(golden.z, 8);
      expect(test.p).toBeCloseTo(golden.p_two_sided!, 8);
    }
  });
}

for (const golden of goldens.paired_fold_tests) {
  Deno.test(`resampledT() agrees with Nadeau and Bengio's formula on ${golden.a.length} folds`, () => {
    const expected = golden.nadeau_bengio!;
    const test = resampledT(golden.a.map((a, i) => a - golden.b[i]), { ratio: expected.test_train_ratio });
    expect(test.t).toBeCloseTo(expected.t, 8);
    expect(test.degrees).toBe(expected.df);
    expect(test.p).toBeCloseTo(expected.p, 8);
  });
}
