import { expect } from "expect";
import { averageOverClasses, confusionMatrix, recall } from "./confusion_matrix.ts";
import { goldenNumber } from "./fixtures/golden_number.ts";
import goldens from "./goldens/metrics.json" with { type: "json" };
import { scoresOfConfusion, scoreStatistic } from "./score_statistic.ts";

type Golden = typeof goldens.multiclass[number];

function probabilitiesOf({ weights_int }: Golden): Float64Array {
  return Float64Array.from(weights_int.flatMap((row) => {
    const sum = row.reduce((a, b) => a + b, 0);
    return row.map((weight) => weight / sum);
  }));
}

for (const golden of goldens.multiclass) {
  const n = golden.n, size = golden.n_classes;
  const classes = Array.from({ length: size }, (_, c) => `c${c}`);
  const items = {
    labels: Int32Array.from(golden.y_true),
    predicted: Int32Array.from(golden.y_pred),
    probabilities: probabilitiesOf(golden),
    clusters: Int32Array.from({ length: n }, (_, i) => i),
  };
  const { names, statistic } = scoreStatistic(items, { classes, asked: [] });
  const oneClass = new Set(golden.y_true).size === 1;
  const weightings = [
    ["", new Float64Array(n).fill(1), golden.scores],
    [" with weights as a resample has them", Float64Array.from(golden.sample_weight), golden.scores_weighted_samples],
  ] as const;
  for (const [how, weights, expected] of weightings) {
    Deno.test(`scoreStatistic() agrees with scikit-learn on ${golden.id}${how}`, () => {
      const values = statistic(weights);
      const score = (name: string) => values[names.indexOf(name)];
      // The golden values have 12 significant digits.
      const agree = (found: number, golden: unknown) => {
        const value = goldenNumber(golden);
        if (Number.isNaN(value)) expect(found).toBeNaN();
        else expect(found).toBeCloseTo(value, 9);
      };
      agree(score("accuracy"), expected.accuracy);
      agree(score("logLoss"), expected.log_loss);
      agree(score("brier") * (size === 2 ? 2 : 1), expected.brier_multiclass_sum);
      agree(score("rocAuc"), size === 2 ? expected.auc_per_class[1] : expected.auc_ovr_macro);
      if (size > 2) {
        agree(score("rocAucWeighted"), expected.auc_ovr_weighted);
        agree(score("top2Accuracy"), expected.top2_accuracy);
      }
      expected.auc_per_class.forEach((auc, c) => agree(score(`rocAuc/c${c}`), auc));
      expected.ap_per_class.forEach((ap, c) => {
        // scikit-learn gives 0 with a warning where the class is missing; the score does not exist there.
        agree(score(`averagePrecision/c${c}`), expected.confusion[c].every((count) => count === 0) ? "NaN" : ap);
      });
      expected.recall.forEach((value, c) => {
        agree(score(`recall/c${c}`) || 0, value);
        agree(score(`precision/c${c}`) || 0, expected.precision[c]);
        agree(score(`f1/c${c}`) || 0, expected.f1[c]);
      });
      if (oneClass) {
        for (const name of ["balancedAccuracy", "mcc", "kappa", "f1Macro"]) expect(score(name)).toBeNaN();
        return;
      }
      agree(score("balancedAccuracy"), expected.balanced_accuracy);
      agree(score("mcc"), expected.mcc);
      agree(score("kappa"), expected.kappa);
      agree(score("f1Macro"), expected.f1_macro_labels_none);
      agree(score("f1Weighted"), expected.f1_weighted);
      if ("auc_ovo_macro" in expected) {
        agree(score("rocAucOvo"), expected.auc_ovo_macro);
        agree(score("rocAucOvoWeighted"), expected.auc_ovo_weighted);
      }
    });
  }

  Deno.test(`confusionMatrix() and what is read from it agree with scikit-learn on ${golden.id}`, () => {
    const confusion = confusionMatrix(items.labels, items.predicted, { size });
    expect([...confusion.counts]).toEqual(golden.scores.confusion.flat());
    expect(averageOverClasses(confusion, recall, "weighted")).toBeCloseTo(golden.scores.recall_weighted, 9);
  });
}

Deno.test("scoreStatistic() has the calibration error of the golden files", () => {
  for (const golden of goldens.multiclass) {
    const clusters = Int32Array.from({ length: golden.n }, (_, i) => i);
    const items = {
      labels: Int32Array.from(golden.y_true),
      predicted: Int32Array.from(golden.y_pred),
      probabilities: probabilitiesOf(golden),
      clusters,
    };
    const classes = Array.from({ length: golden.n_classes }, (_, c) => `c${c}`);
    const { names, statistic } = scoreStatistic(items, { classes, asked: [] });
    const value = statistic(new Float64Array(golden.n).fill(1))[names.indexOf("ece")];
    expect(value).toBeCloseTo(golden.ece15_right_closed_exact_integers.ece, 9);
  }
});

for (const golden of goldens.binary) {
  Deno.test(`scoresOfConfusion() agrees with scikit-learn on two classes: ${golden.id}`, () => {
    const [tn, fp, fn, tp] = golden.confusion_tn_fp_fn_tp;
    const scores = scoresOfConfusion({ size: 2, counts: Float64Array.of(tn, fp, fn, tp) }, {
      classes: ["no", "yes"],
      asked: [],
    });
    const both = tn + fp > 0 && fn + tp > 0;
    expect(scores.get("accuracy")).toBeCloseTo(golden.accuracy, 9);
    expect(scores.get("sensitivity")! || 0).toBeCloseTo(golden.recall, 9);
    expect(scores.get("specificity")! || 0).toBeCloseTo(golden.specificity, 9);
    expect(scores.get("precision/yes")! || 0).toBeCloseTo(golden.precision, 9);
    expect(scores.get("f1/yes")! || 0).toBeCloseTo(golden.f1, 9);
    if (both) {
      expect(scores.get("balancedAccuracy")).toBeCloseTo(goldenNumber(golden.balanced_accuracy), 9);
      expect(scores.get("mcc")).toBeCloseTo(goldenNumber(golden.mcc), 9);
      expect(scores.get("kappa")).toBeCloseTo(goldenNumber(golden.kappa), 9);
    }
  });
}
