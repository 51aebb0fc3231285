import { expect } from "expect";
import { accuracy, averageOverClasses, confusionMatrix, f1 } from "./confusion_matrix.ts";
import { circorCost, circorCostOfWholeSet, weightedAccuracy } from "./official_scores.ts";
import { goldenNumber } from "./fixtures/golden_number.ts";
import goldens from "./goldens/official_scores.json" with { type: "json" };
import { scoreStatistic } from "./score_statistic.ts";
import { findScore } from "./score_table.ts";

function close(found: number, golden: unknown, digits = 9): void {
  const value = goldenNumber(golden);
  if (Number.isNaN(value)) expect(found).toBeNaN();
  else expect(found).toBeCloseTo(value, digits);
}

function official(name: string, classes: string[], labels: number[], predicted: number[]): number[] {
  const items = {
    labels: Int32Array.from(labels),
    predicted: Int32Array.from(predicted),
    probabilities: Float64Array.from({ length: labels.length * classes.length }, () => 1 / classes.length),
    clusters: Int32Array.from(labels, () => 0),
  };
  const { names, statistic } = scoreStatistic(items, { classes, asked: [name] });
  const values = statistic(Float64Array.of(1));
  return names.flatMap((key, i) => key.split("/")[0] === name ? [values[i]] : []);
}

for (const { id, task, class_order, y_true, y_pred, expected } of goldens.sprsound) {
  Deno.test(`sprsound-${task} agrees with the golden value: ${id}`, () => {
    const [score, se, sp, as, hs] = official(`sprsound-${task}`, class_order, y_true, y_pred);
    // The golden values were computed in 32 bits.
    close(se, expected.SE, 5);
    close(sp, expected.SP, 5);
    close(as, expected.AS, 5);
    if (id === "nothing_right") {
      // 0/0 there; the harmonic mean of two zeros is its limit, 0.
      expect([hs, score]).toEqual([0, 0]);
    } else {
      close(hs, expected.HS, 5);
      close(score, expected.Score, 5);
    }
  });
}

Deno.test("sprsound-1-1 and 2-1 count finer classes as one", () => {
  const { class_order, y_true, y_pred } = goldens.sprsound.find(({ id }) => id === "t12")!;
  const coarse = (c: number) => Math.min(1, c);
  expect(official("sprsound-1-1", class_order, y_true, y_pred)).toEqual(
    official("sprsound-1-1", ["Normal", "Adventitious"], y_true.map(coarse), y_pred.map(coarse)),
  );
  const records = goldens.sprsound.find(({ id }) => id === "t22")!;
  const three = (c: number) => Math.min(2, c);
  expect(official("sprsound-2-1", records.class_order, records.y_true, records.y_pred)).toEqual(
    official(
      "sprsound-2-1",
      ["Normal", "Poor Quality", "Adventitious"],
      records.y_true.map(three),
      records.y_pred.map(three),
    ),
  );
});

Deno.test("sprsound-2-1 says what it needs where no class is Poor Quality", () => {
  expect(findScore("sprsound-2-1").definition.needs!(["Normal", "Wheeze"])).toMatch(/Poor Quality/);
});

for (const { id, y_true, y_pred, classes, expected } of goldens.icbhi) {
  Deno.test(`icbhi agrees with the golden value, four classes and two: ${id}`, () => {
    for (
      const [name, golden] of [["icbhi", expected.four_class_exact], [
        "icbhi-2",
        expected.two_class_abnormal_vs_normal,
      ]] as const
    ) {
      const [score, se, sp] = official(name, classes, y_true, y_pred);
      close(se, golden.Se);
      close(sp, golden.Sp);
      close(score, golden.Score);
    }
  });
}

Deno.test("cinc2016 of a confusion is the mean accuracy of clean records", () => {
  const { rows_truth_noisy_output: rows, expected } = goldens.cinc2016.find(({ id }) => id === "clean_no_unsure")!;
  const [macc] = official(
    "cinc2016",
    ["Normal", "Abnormal"],
    rows.map(([t]) => Number(t === 1)),
    rows.map(([, , o]) => Number(o === 1)),
  );
  close(macc, expected.website.MAcc);
});

/** The class of answers that may name none or several: these count as the positive class, as the organisers have it. */
function enforcePositives(answers: readonly ArrayLike<number>[], positive: number): Int32Array {
  return Int32Array.from(answers, (row) => {
    const named = Array.from(row).flatMap((value, c) => value ? [c] : []);
    return named.length === 1 ? named[0] : positive;
  });
}

for (const golden of goldens.cinc2022) {
  Deno.test(`the scores of challenge 2022 agree with the organisers' program: ${golden.id}`, () => {
    const murmur = enforcePositives(golden.murmur_binary_as_submitted, 0);
    const outcome = enforcePositives(golden.outcome_binary_as_submitted, 0);
    const murmurs = confusionMatrix(golden.murmur_label, murmur, { size: 3 });
    const outcomes = confusionMatrix(golden.outcome_label, outcome, { size: 2 });
    const { murmur: m, outcome: o } = golden.expected;
    close(weightedAccuracy(murmurs, [5, 3, 1]), m.weighted_accuracy);
    close(weightedAccuracy(outcomes, [5, 1]), o.weighted_accuracy);
    close(circorCost(outcomes), o.cost, 6);
    close(accuracy(murmurs), m.accuracy);
    m.confusion_rows_are_outputs.forEach((row, output) =>
      row.forEach((count, truth) => expect(murmurs.counts[truth * 3 + output]).toBe(count))
    );
    if (m.f_classes.every((value) => typeof value === "number")) {
      close(averageOverClasses(murmurs, f1, "macro"), m.f_measure);
    }
    // The classes of a manifest come healthy first.
    const named = official(
      "circor-murmur",
      ["Absent", "Unknown", "Present"],
      golden.murmur_label.map((c) => 2 - c),
      [...murmur].map((c) => 2 - c),
    );
    close(named[0], m.weighted_accuracy);
    const cost = official(
      "circor-outcome",
      ["Normal", "Abnormal"],
      golden.outcome_label.map((c) => 1 - c),
      [...outcome].map((c) => 1 - c),
    );
    close(cost[0], o.cost, 6);
  });
}

for (const { tp, fp, fn, tn, cost } of goldens.cinc2022_cost_by_counts) {
  Deno.test(`circorCost() agrees with the organisers' program for ${tp}, ${fp}, ${fn}, ${tn}`, () => {
    expect(circorCost({ size: 2, counts: Float64Array.of(tp, fn, fp, tn) })).toBeCloseTo(cost, 6);
  });
}

Deno.test("circorCostOfWholeSet() is the cost that the same sensitivity and specificity have among 456 ill and 486 well", () => {
  const whole = circorCost({ size: 2, counts: Float64Array.of(342, 114, 162, 324) }); // 3 of 4, and 2 of 3
  for (const [ill, well] of [[4, 3], [12, 3], [4, 300]]) {
    const counts = Float64Array.of(ill * 3 / 4, ill / 4, well / 3, well * 2 / 3);
    expect(circorCostOfWholeSet({ size: 2, counts })).toBeCloseTo(whole, 6);
  }
  expect(circorCostOfWholeSet({ size: 2, counts: Float64Array.of(3, 1, 0, 0) })).toBeNaN();
});
