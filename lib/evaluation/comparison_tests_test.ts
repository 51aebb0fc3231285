import { expect } from "expect";
import { delong, mcnemar, resampledT, wilcoxon } from "./comparison_tests.ts";
import { goldenNumber } from "../scores/fixtures/golden_number.ts";
import goldens from "../scores/goldens/metrics.json" with { type: "json" };
import { friedman } from "./friedman.ts";
import { proportionInterval } from "../statistics/mod.ts";

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

for (const golden of goldens.paired_fold_tests) {
  const differences = golden.a.map((a, i) => a - golden.b[i]);

  Deno.test(`resampledT() without overlap is the paired t-test of SciPy on ${golden.a.length} folds`, () => {
    const { t, p } = resampledT(differences, { ratio: 0 });
    expect(t).toBeCloseTo(golden.t_test[0], 8);
    expect(p).toBeCloseTo(golden.t_test[1], 8);
  });
}

Deno.test("wilcoxon() agrees with SciPy where all ranks differ", () => {
  const [{ a, b, wilcoxon_exact: [statistic, p] }] = goldens.paired_fold_tests;
  expect(wilcoxon(a.map((value, i) => Math.round(1000 * (value - b[i])) + i / 10))).toEqual({ statistic, p });
});

// scipy.stats.wilcoxon(d, method=PermutationMethod(n_resamples=numpy.inf)).pvalue of SciPy 1.17, over all signs.
for (
  const [differences, p] of [
    [[1, 1, 1, 1, 1], 0.0625],
    [[1, 1, 1, 1, -1], 0.375],
    [[0.1, 0, 0.2, -0.1, 0.3], 0.375],
    [[0.85 - 0.8, 0.9 - 0.85, 0.95 - 0.9, 0.8 - 0.75, 0.7 - 0.65], 0.0625], // equal but for rounding
    [[3, -3, 2, 2, 5, 7, -1, 4], 0.0859375],
    [[0, 0, 0, 0, 0], 1],
    [[-2, -2, 0, -2, -2, -2, -2], 0.03125],
  ] as const
) {
  Deno.test(`wilcoxon() counts the signs of tied ranks exactly: ${differences.join(", ")}`, () => {
    expect(wilcoxon(differences).p).toBeCloseTo(p, 12);
  });
}

Deno.test("wilcoxon() approximates above 50 differences as SciPy does, ties and all", () => {
  // scipy.stats.wilcoxon([((7 * i * i) % 23) - 9 for i in range(60)], method="asymptotic")
  const found = wilcoxon(Array.from({ length: 60 }, (_, i) => ((7 * i * i) % 23) - 9));
  expect(found.statistic).toBe(266.5);
  expect(found.p).toBeCloseTo(1.7517337477123418e-6, 12);
});

Deno.test("tests of folds conclude nothing from equal runs, and stay NaN where a score is NaN", () => {
  const equal = [0.85 - 0.8, 0.9 - 0.85, 0.95 - 0.9];
  expect(resampledT(equal, { ratio: 0.25 }).p).toBeNaN(); // not the 1e-32 of a spread that is rounding
  const same = friedman([0.7, 0.8, 0.1 + 0.2].map((score, i) => [score, i === 2 ? 0.3 : score, score]));
  expect([same.chi2, same.p, same.pF]).toEqual([NaN, NaN, NaN]); // as scipy.stats.friedmanchisquare
  expect(same.pairs.flat()).toEqual(Array(9).fill(1));
  const missing = friedman([[0.7, NaN, 0.6], [0.8, 0.7, 0.6], [0.9, 0.7, 0.6]]);
  expect([missing.chi2, missing.p, missing.pF]).toEqual([NaN, NaN, NaN]);
  expect(wilcoxon([0.1, NaN, 0.2]).p).toBeNaN();
});

Deno.test("friedman() and Nemenyi's comparison agree with SciPy and scikit-posthocs", () => {
  const golden = goldens.friedman;
  const test = friedman(golden.scores_rows_are_folds);
  test.ranks.forEach((rank, i) => expect(rank).toBeCloseTo(golden.avg_ranks_1_is_best[i], 9));
  expect(test.chi2).toBeCloseTo(golden.chi2, 8);
  expect(test.p).toBeCloseTo(golden.p, 8);
  expect(test.f).toBeCloseTo(golden.iman_davenport_F, 8);
  golden.nemenyi_p.forEach((row, i) => row.forEach((p, j) => expect(test.pairs[i][j]).toBeCloseTo(p, 6)));
  expect(test.criticalDifference).toBeCloseTo(golden["nemenyi_cd_0.05"], 6);
});

Deno.test("friedman() has the distribution of F as published", () => {
  // Demšar 2006, section 3.2.3: four classifiers on 14 datasets, chi² 9.28 and F 3.69; F(3, 39) exceeds 2.85 in 5 %.
  const { pF } = friedman(goldens.friedman.scores_rows_are_folds);
  expect(pF).toBeGreaterThan(0);
  expect(pF).toBeLessThan(0.001); // F(3, 15) exceeds 9.34 in 0.1 % (tabled), and 21.8 is beyond
});

for (const { k, n, level, wilson: [low, high] } of goldens.wilson) {
  Deno.test(`proportionInterval() agrees with SciPy for ${k} of ${n} at ${level}`, () => {
    const found = proportionInterval(k, n, { level });
    expect(found.low).toBeCloseTo(low, 9);
    expect(found.high).toBeCloseTo(high, 9);
  });
}
