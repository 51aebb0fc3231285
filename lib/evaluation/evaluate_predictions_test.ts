import { expect } from "expect";
import { circorCost } from "../scores/official_scores.ts";
import { decisionRule } from "../decision/mod.ts";
import { evaluatePredictions } from "./evaluate_predictions.ts";
import { proportionInterval } from "../statistics/mod.ts";
import type { Prediction } from "../scores/mod.ts";

const classes = ["Normal", "Murmur"];

/** A prediction of two classes whose answer is the more probable one. */
function prediction(fields: Partial<Prediction> & { p: number }): Prediction {
  const { p, ...rest } = fields;
  return {
    fold: 0,
    seed: 0,
    part: "test",
    recording: "a",
    subject: "s",
    source: "x",
    start: 0,
    end: 1,
    label: "Normal",
    predicted: p > 0.5 ? "Murmur" : "Normal",
    probabilities: [1 - p, p],
    ...rest,
  };
}

/** Twenty subjects of two recordings; every other one has a murmur; subject `i` gets `p(i)`. */
function cohort(p: (i: number) => number, fields: Partial<Prediction> = {}): Prediction[] {
  return Array.from({ length: 40 }, (_, k) => {
    const i = k >> 1;
    const label = classes[i % 2];
    return prediction({
      p: p(k),
      recording: `${k}.wav`,
      subject: `s${i}`,
      label,
      source: i < 10 ? "x" : "y",
      ...fields,
    });
  });
}

const plain = { classes, seed: 0, resamples: 300 };

Deno.test("evaluatePredictions() gives value, interval, count and floors of a score", () => {
  // 3 of 20 murmur recordings are missed, nothing else: accuracy 37/40, sensitivity 17/20.
  const missed = new Set([2, 3, 6]);
  const { pooled, confusion } = evaluatePredictions(cohort((k) => k >> 1 & 1 && !missed.has(k) ? 0.9 : 0.2), plain);
  const { accuracy, sensitivity, logLoss } = pooled.item!;
  expect(accuracy).toMatchObject({ value: 37 / 40, level: 0.95, n: 40, unit: "item", floor: 0.5 });
  expect(accuracy.floors).toEqual({ majority: 0.5, "all-positive": 0.5, prior: 0.5 });
  expect(accuracy.low!).toBeLessThan(37 / 40);
  expect(accuracy.high!).toBeGreaterThan(37 / 40);
  // Naming everything a murmur finds all murmurs: sensitivity alone has no floor to be read against.
  expect(sensitivity).toMatchObject({ value: 17 / 20, floor: null });
  expect(logLoss.floor).toBeCloseTo(Math.LN2, 12);
  expect(confusion.counts).toEqual([[20, 0], [3, 17]]);
});

Deno.test("evaluatePredictions() is reproducible and depends on the seed where its intervals are drawn", () => {
  const predictions = cohort((k) => (k * 37 % 40) / 40);
  const first = evaluatePredictions(predictions, plain);
  expect(evaluatePredictions(predictions, plain)).toEqual(first);
  const drawn = (seed: number) =>
    evaluatePredictions(predictions, { ...plain, seed, interval: "percentile" }).pooled.item!;
  expect(drawn(1).rocAuc.value).toBe(drawn(0).rocAuc.value);
  expect(drawn(1).logLoss.low).not.toBe(drawn(0).logLoss.low);
  expect(drawn(1).logLoss.method).toBe("percentile");
  // What isn't drawn has no seed.
  expect(evaluatePredictions(predictions, { ...plain, seed: 1 })).toEqual(first);
  expect(first.pooled.item!.logLoss.method).toBe("wilson");
});

Deno.test("evaluatePredictions() draws the same subjects at every level", () => {
  const { pooled } = evaluatePredictions(cohort((k) => (k * 37 % 40) / 40), { ...plain, scores: ["cinc2016"] });
  const { unit: _, ...item } = pooled.item!.mcc; // a recording is one item here
  expect(pooled.recording!.mcc).toMatchObject(item);
});

Deno.test("evaluatePredictions() judges subjects by the mean of their recordings", () => {
  // One recording says 0.9, the other 0.4: the mean 0.65 is a murmur, so every murmur subject is found.
  const { pooled } = evaluatePredictions(cohort((k) => k >> 1 & 1 ? (k & 1 ? 0.9 : 0.4) : 0.1), plain);
  expect(pooled.item!.sensitivity.value).toBe(0.5);
  expect(pooled.subject!.sensitivity).toMatchObject({ value: 1, n: 20, unit: "subject" });
  expect(pooled.recording).toBeUndefined(); // one item each
});

Deno.test("evaluatePredictions() judges subjects by the rule of their fold where there is one", () => {
  const rule = decisionRule.parse({ aggregation: "max", threshold: 0.95 });
  const { pooled } = evaluatePredictions(cohort((k) => k >> 1 & 1 ? (k & 1 ? 0.9 : 0.4) : 0.1), {
    ...plain,
    ruleOf: () => rule,
  });
  expect(pooled.subject!.sensitivity.value).toBe(0);
});

Deno.test("evaluatePredictions() averages a score over the seeds and resamples subjects, not seeds", () => {
  const one = cohort((k) => (k * 37 % 40) / 40);
  const again = one.map((prediction) => ({ ...prediction, seed: 1 }));
  const single = evaluatePredictions(one, plain).pooled.item!;
  const double = evaluatePredictions([...one, ...again], plain).pooled.item!;
  // Two equal seeds tell no more than one: same values, same intervals, same n.
  expect(double.rocAuc).toEqual(single.rocAuc);
  expect(double.accuracy).toEqual(single.accuracy);
  const worse = one.map((prediction) => ({ ...prediction, seed: 1, predicted: "Normal" }));
  const mixed = evaluatePredictions([...one, ...worse], plain).pooled.item!;
  expect(mixed.accuracy.value).toBeCloseTo((single.accuracy.value! + 0.5) / 2, 12);
  expect(evaluatePredictions([...one, ...worse], plain).folds.map(({ seed }) => seed)).toEqual([0, 1]);
});

Deno.test("evaluatePredictions() takes repeated folds as further replicates, and the confusion from the first", () => {
  const one = cohort((k) => (k * 37 % 40) / 40);
  const again = one.map((prediction) => ({ ...prediction, fold: 1 }));
  const { pooled, confusion } = evaluatePredictions([...one, ...again], plain);
  expect(pooled.item!.accuracy).toEqual(evaluatePredictions(one, plain).pooled.item!.accuracy);
  expect(confusion.counts.flat().reduce((a, b) => a + b)).toBe(40);
});

Deno.test("evaluatePredictions() means over sources beside the pooled score, each with its floor", () => {
  // All right in source x; all called Normal in source y, half of which is a murmur.
  const { sources, sourceMean, pooled } = evaluatePredictions(
    cohort((k) => k < 20 && k >> 1 & 1 ? 0.9 : 0.1),
    { ...plain, scores: ["cinc2016"] },
  );
  expect(sources.map(({ source, scores }) => [source, scores.accuracy.value])).toEqual([["x", 1], ["y", 0.5]]);
  expect(sourceMean.accuracy).toMatchObject({ value: 0.75, n: 40, floor: 0.5 });
  expect(sourceMean.cinc2016.value).toBe(0.75);
  expect(pooled.recording!.cinc2016).toMatchObject({ value: 0.75, unit: "recording" });
});

Deno.test("evaluatePredictions() gives folds and sources the official score of their subjects", () => {
  // Cost by patient: 20 patients of two recordings; every murmur is found in source x, none in source y.
  const names = ["Normal", "Abnormal"];
  const predictions = cohort((k) => k < 20 && k >> 1 & 1 ? 0.9 : 0.1).map((one) => ({
    ...one,
    fold: Number(one.source === "y"),
    label: names[classes.indexOf(one.label)],
    predicted: names[classes.indexOf(one.predicted)],
  }));
  const { folds, sources, sourceMean } = evaluatePredictions(predictions, {
    classes: names,
    seed: 0,
    scores: ["circor-outcome"],
  });
  const cost = ({ scores }: typeof folds[number] | typeof sources[number]) => scores["circor-outcome"].value!;
  const costOf = (tp: number, fn: number) => circorCost({ size: 2, counts: Float64Array.of(tp, fn, 0, 5) });
  expect(folds.map(cost)).toEqual([costOf(5, 0), costOf(0, 5)]);
  expect(sources.map(cost)).toEqual([costOf(5, 0), costOf(0, 5)]);
  expect(sources[0].scores["circor-outcome"]).toMatchObject({ n: 10, unit: "subject" });
  expect(sourceMean["circor-outcome"].value).toBeCloseTo((costOf(5, 0) + costOf(0, 5)) / 2, 9);
});

Deno.test("evaluatePredictions() means a score by recording over sources of which one alone has several items each", () => {
  const items = cohort((k) => k >> 1 & 1 ? 0.9 : 0.1); // each recording answered rightly
  const twice = items.filter(({ source }) => source === "x").map((one) => ({ ...one, start: 1, end: 2 }));
  const { sources, sourceMean } = evaluatePredictions([...items, ...twice], { ...plain, scores: ["cinc2016"] });
  expect(sources.map(({ scores }) => [scores.cinc2016.unit, scores.cinc2016.n])).toEqual([
    ["recording", 20],
    ["recording", 20],
  ]);
  expect(sourceMean.cinc2016.value).toBe(1);
});

Deno.test("evaluatePredictions() says why a score does not exist instead of 0 or NaN", () => {
  const healthy = cohort(() => 0.2, { label: "Normal" });
  const { item } = evaluatePredictions(healthy, plain).pooled;
  expect(item!.rocAuc).toMatchObject({ value: null, low: null, high: null, reason: "only Normal in the truth" });
  expect(item!["recall/Murmur"]).toMatchObject({ value: null, reason: "no Murmur in the truth" });
  const constant = cohort(() => 0.2);
  expect(evaluatePredictions(constant, plain).pooled.item!["precision/Murmur"]).toMatchObject({
    value: null,
    reason: "Murmur was never predicted",
  });
  for (const predictions of [healthy, constant]) {
    const text = JSON.stringify(evaluatePredictions(predictions, plain), (_, value) => {
      if (typeof value === "number") expect(value).not.toBeNaN();
      return value;
    });
    expect(text).toBeTruthy();
  }
});

Deno.test("evaluatePredictions() tells no interval for four subjects or for a value that never varies, but one for a share of 1", () => {
  const few = cohort((k) => k / 40).slice(0, 8);
  expect(evaluatePredictions(few, plain).pooled.item!.accuracy).toMatchObject({
    low: null,
    reason: "4 subjects are too few for an interval",
  });
  const perfect = cohort((k) => k >> 1 & 1 ? 0.9 : 0.1);
  const { accuracy, mcc, ece } = evaluatePredictions(perfect, plain).pooled.item!;
  // Wilson's interval of n out of n begins at n / (n + t²). Two wrong answers of each class, 1 of 41 items each, whose subjects
  // have two: n = (4 / 41) / (4 * 2 / 41²) = 20.5, as if of 20 subjects; t has twice the 9 degrees of a class of 10.
  expect(accuracy).toMatchObject({ value: 1, high: 1, method: "wilson" });
  // A quarter of an answer less than all is what the step of counting takes.
  const step = proportionInterval(20.25, 20.5, { level: 0.95, quantile: 2.1009220402 });
  expect(accuracy.low).toBeCloseTo(step.low, 9);
  expect(accuracy.low!).toBeLessThan(20.5 / (20.5 + 2.1009220402 ** 2));
  // Two steps from -1 to 1, of which the imagined answers cost as much.
  expect(mcc).toMatchObject({ value: 1, high: 1 });
  expect(Math.abs((1 - mcc.low!) / 2 / (1 - accuracy.low!) - 1)).toBeLessThan(0.05);
  expect(ece).toMatchObject({ low: null, high: null, reason: expect.stringMatching(/no interval covers/) });
  const constant = evaluatePredictions(cohort(() => 0.2), plain).pooled.item!;
  expect(constant.balancedAccuracy).toMatchObject({ value: 0.5, low: null, reason: "no subject changes the value" });
});

Deno.test("evaluatePredictions() tells no interval of a score that hangs on four subjects of a class", () => {
  const rare = (murmurs: number) =>
    evaluatePredictions(
      cohort((k) => (k * 37 % 40) / 40).filter((one, k) => one.label === "Normal" || k >> 1 < 2 * murmurs),
      plain,
    )
      .pooled.item!;
  expect(rare(4).sensitivity).toMatchObject({ low: null, reason: "too few subjects of a class for an interval" });
  expect(rare(4).accuracy.low).not.toBe(null);
  expect(rare(5).sensitivity.low).not.toBe(null);
});

Deno.test("evaluatePredictions() says why an official score doesn't fit the task", () => {
  const { item, subject } = evaluatePredictions(cohort((k) => k / 40), {
    ...plain,
    scores: ["sprsound-2-1", "circor-murmur"],
  }).pooled;
  expect(item!["sprsound-2-1"].reason).toMatch(/Poor Quality/);
  expect(item!["circor-murmur"].reason).toMatch(/Present, Unknown, Absent/);
  expect(subject!["circor-murmur"]).toBeUndefined();
  expect(() => evaluatePredictions(cohort(() => 0), { ...plain, scores: ["macc"] })).toThrow(
    /score that is known .*"macc"/,
  );
});

Deno.test("evaluatePredictions() leaves out a level whose units have two labels, and says so where a score needs it", () => {
  const mixed = cohort((k) => k / 40).map((one, k) => ({ ...one, label: classes[k % 2] }));
  const { pooled } = evaluatePredictions(mixed, {
    classes: ["Normal", "Abnormal"].map((_, c) => classes[c]),
    seed: 0,
    scores: ["circor-outcome"],
  });
  expect(pooled.subject).toBeUndefined();
  expect(pooled.item!["circor-outcome"].reason).toMatch(
    /by subject, and subject s0 has several labels \(Normal, Murmur\)/,
  );
});

Deno.test("evaluatePredictions() judges each visit, and counts whom it is of once", () => {
  const named = ["Absent", "Unknown", "Present"];
  const answer = (subject: string, said: [visit: string | undefined, label: string, predicted: string]) => {
    const [visit, label, predicted] = said;
    const probabilities = named.map((name) => name === predicted ? 0.8 : 0.1);
    return prediction({ p: 0, recording: `${subject}-${visit}.wav`, subject, visit, label, predicted, probabilities });
  };
  const alone = Array.from({ length: 18 }, (_, i) => answer(`s${i}`, [undefined, named[i % 3], named[i % 3]]));
  const twice = [answer("t", ["1", "Absent", "Absent"]), answer("t", ["2", "Present", "Absent"])];
  const of = (predictions: Prediction[]) =>
    evaluatePredictions(predictions, { classes: named, seed: 0, scores: ["circor-murmur"] }).pooled;
  const { "circor-murmur": score } = of([...alone, ...twice]).subject!;
  // Six of each class right, and of the child who came twice the healthy visit: (6 (5 + 3 + 1) + 1) / (6 (5 + 3 + 1) + 6).
  expect(score.value).toBeCloseTo(55 / 60, 12);
  expect(score.n).toBe(20);
  // The interval is that of the same answers under 19 people: two visits of one person tell less than two people.
  const strangers = of([...alone, ...twice.map((one, i) => ({ ...one, subject: `u${i}`, visit: undefined }))]).subject!;
  expect(strangers["circor-murmur"].value).toBeCloseTo(55 / 60, 12);
  expect(strangers["circor-murmur"].low).not.toBe(score.low);
  // Without the names of the visits nobody can say what the child's answer is.
  expect(of([...alone, ...twice.map(({ visit: _, ...one }) => one)]).subject).toBeUndefined();
});

Deno.test("evaluatePredictions() gives the same figures where each subject has one visit as where none is named", () => {
  for (const seed of [1, 2, 3]) {
    const answers = cohort((k) => ((k * 7919 * seed) % 41) / 41);
    const visits = answers.map((one) => ({ ...one, visit: "first" }));
    expect(evaluatePredictions(visits, plain)).toEqual(evaluatePredictions(answers, plain));
  }
});

Deno.test("evaluatePredictions() puts the floors of trained models beside the score, on the same items", () => {
  const network = cohort((k) => k >> 1 & 1 ? 0.9 : 0.3);
  const shortcut = cohort((k) => k >> 1 & 1 && k < 30 ? 0.8 : 0.3); // 7 of 10 murmurs
  const { pooled } = evaluatePredictions(network, { ...plain, floors: { shortcut: { predictions: shortcut } } });
  expect(pooled.item!.accuracy.floors.shortcut).toBeCloseTo(0.85, 12);
  expect(pooled.item!.accuracy.floor).toBeCloseTo(0.85, 12);
});

Deno.test("evaluatePredictions() judges floors by subject under a rule of their own, and keeps a lone item's answer", () => {
  const network = cohort((k) => k >> 1 & 1 ? 0.9 : 0.3);
  // One recording of each murmur says 0.45 and the other 0.1, all else says 0.1: the mean misses it, this rule doesn't.
  const predictions = cohort((k) => k % 4 === 2 ? 0.45 : 0.1);
  const rule = decisionRule.parse({ aggregation: "max", threshold: 0.4 });
  const bySubject = (ruleOf?: () => typeof rule) =>
    evaluatePredictions(network, { ...plain, floors: { linear: { predictions, ruleOf } } }).pooled.subject!.accuracy
      .floors.linear;
  expect(bySubject()).toBe(0.5);
  expect(bySubject(() => rule)).toBe(1);
  // A recording is one item here, decided at 0.4: its answer is not decided again at one half.
  const decided = predictions.map((one) => ({ ...one, predicted: classes[Number(one.probabilities[1] > 0.4)] }));
  const { item, recording } = evaluatePredictions(decided, { ...plain, scores: ["cinc2016"] }).pooled;
  expect(recording!.sensitivity.value).toBe(item!.sensitivity.value);
  expect(recording!.cinc2016.value).toBe(0.75);
});

Deno.test("evaluatePredictions() refuses a label that the task doesn't know and probabilities that are no numbers", () => {
  const bad = cohort(() => 0.5);
  bad[3].label = "Wheeze";
  expect(() => evaluatePredictions(bad, plain)).toThrow(
    /class of the task \(Normal, Murmur\) but found "Wheeze" .*3\.wav/,
  );
  const worse = cohort(() => 0.5);
  worse[0].probabilities = [NaN, 1];
  expect(() => evaluatePredictions(worse, plain)).toThrow(/2 probabilities but found \[NaN, 1\]/);
  expect(() => evaluatePredictions([], plain)).toThrow(/predictions to judge/);
});
