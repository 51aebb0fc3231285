import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../random/mod.ts";
import { confusionMatrix, logLoss, scoresOfConfusion } from "../scores/mod.ts";
import { applyDecision, type DecisionRule } from "./decision_rule.ts";
import { type DecisionExamples, fitDecision } from "./fit_decision.ts";
import goldens from "../scores/goldens/metrics.json" with { type: "json" };

const classes = ["Normal", "Murmur"];

function twoClasses(labels: number[], positive: number[]): DecisionExamples {
  return { labels, probabilities: Float64Array.from(positive.flatMap((p) => [1 - p, p])) };
}

function scoresOf(rule: DecisionRule, { labels, probabilities, unitOf }: DecisionExamples, names = classes) {
  const { predicted } = applyDecision(rule, probabilities, { size: names.length, unitOf });
  const confusion = confusionMatrix(labels, predicted, { size: names.length });
  return scoresOfConfusion(confusion, { classes: names, asked: ["icbhi", "cinc2016"] });
}

for (const golden of goldens.binary.filter((golden) => golden.youden)) {
  Deno.test(`fitDecision() reaches the J of scikit-learn's ROC curve: ${golden.id}`, () => {
    const examples = twoClasses(golden.y, golden.score);
    const rule = fitDecision(examples, { classes, aim: "youden", calibration: "none" });
    const scores = scoresOf(rule, examples);
    expect(scores.get("sensitivity")! + scores.get("specificity")! - 1).toBeCloseTo(golden.youden!.j, 9);
  });
}

const draws = fc.array(fc.record({ y: fc.nat(1), p: fc.integer({ min: 0, max: 20 }) }), { minLength: 4, maxLength: 40 })
  .filter((rows) => new Set(rows.map(({ y }) => y)).size === 2);

Deno.test("fitDecision() finds the best threshold of all for a score", () => {
  fc.assert(fc.property(draws, (rows) => {
    const examples = twoClasses(rows.map(({ y }) => y), rows.map(({ p }) => p / 20));
    const rule = fitDecision(examples, { classes, aim: { score: "mcc" }, calibration: "none" });
    const best = Math.max(
      ...Array.from(
        { length: 22 },
        (_, t) =>
          scoresOf({ ...rule, weights: undefined, threshold: Math.max(0, (t - 0.5) / 20) }, examples).get(
            "mcc",
          )!,
      ),
    );
    expect(scoresOf(rule, examples).get("mcc")).toBeCloseTo(best, 9);
  }));
});

Deno.test("fitDecision() over sources finds the threshold of the best mean over them, whatever they hold", () => {
  const rows = fc.array(
    fc.record({ y: fc.nat(1), p: fc.integer({ min: 0, max: 20 }), source: fc.constantFrom("a", "b", "c") }),
    {
      minLength: 6,
      maxLength: 40,
    },
  ).filter((rows) => new Set(rows.map(({ y }) => y)).size === 2);
  fc.assert(fc.property(rows, (rows) => {
    const sources = rows.map(({ source }) => source);
    const examples = { ...twoClasses(rows.map(({ y }) => y), rows.map(({ p }) => p / 20)), sources };
    const meanOf = (rule: DecisionRule) => {
      const each = [...Map.groupBy(rows, ({ source }) => source).values()].map((own) =>
        scoresOf(rule, twoClasses(own.map(({ y }) => y), own.map(({ p }) => p / 20))).get("accuracy")!
      );
      return each.reduce((a, b) => a + b) / each.length;
    };
    const aim = { score: "accuracy" } as const;
    const rule = fitDecision(examples, { classes, aim, calibration: "none", overSources: true });
    const thresholds = Array.from({ length: 22 }, (_, t) => Math.max(0, (t - 0.5) / 20));
    const best = Math.max(...thresholds.map((threshold) => meanOf({ ...rule, weights: undefined, threshold })));
    expect(meanOf(rule)).toBeGreaterThanOrEqual(best - 1e-9);
  }));
});

Deno.test("fitDecision() over sources leaves out one without the score, and takes all as one where none has it", () => {
  const options = { classes, aim: { score: "cinc2016" }, calibration: "none", overSources: true } as const;
  const of = (labels: number[], positive: number[], sources: string) => {
    const examples = { ...twoClasses(labels, positive), sources: [...sources] };
    return fitDecision(examples, options).threshold!;
  };
  const both = of([0, 0, 1, 1], [0.1, 0.2, 0.7, 0.8], "aaaa");
  expect(both).toBeCloseTo(0.45, 9);
  expect(of([0, 0, 1, 1, 0, 0, 0], [0.1, 0.2, 0.7, 0.8, 0.9, 0.9, 0.9], "aaaabbb")).toBeCloseTo(both, 9);
  expect(of([0, 0, 1, 1], [0.1, 0.2, 0.7, 0.8], "aabb")).toBeCloseTo(both, 9);
});

Deno.test("fitDecision() over sources takes no aggregation for telling them apart by how many parts a unit has", () => {
  // A hospital of long recordings, most of them of patients, and one of short ones, most of healthy people: each part tells the classes a
  // little apart, and that there are many of them tells the hospital.
  const stream = randomStream(3, "parts");
  const units = Array.from({ length: 400 }, (_, i) => {
    const long = i % 2 === 1, sick = stream.uniform() < (long ? 0.9 : 0.1);
    return {
      long,
      sick,
      parts: Array.from({ length: long ? 6 : 1 }, () => 0.2 + 0.1 * Number(sick) + 0.1 * stream.uniform()),
    };
  });
  const examples = {
    ...twoClasses(units.map(({ sick }) => Number(sick)), units.flatMap(({ parts }) => parts)),
    unitOf: units.flatMap(({ parts }, i) => parts.map(() => i)),
    sources: units.map(({ long }) => long ? "long" : "short"),
  };
  const chosen = (overSources: boolean) =>
    fitDecision(examples, { classes, aim: "argmax", aggregation: "chosen", overSources }).aggregation;
  expect(["noisy-or", "any-positive"]).toContain(chosen(false));
  expect(["noisy-or", "any-positive"]).not.toContain(chosen(true));
});

Deno.test("fitDecision() keeps the sensitivity that was asked for at the highest specificity", () => {
  fc.assert(fc.property(draws, fc.double({ min: 0.3, max: 1, noNaN: true }), (rows, sensitivity) => {
    const examples = twoClasses(rows.map(({ y }) => y), rows.map(({ p }) => p / 20));
    const rule = fitDecision(examples, { classes, aim: { sensitivity }, calibration: "none" });
    const found = scoresOf(rule, examples);
    expect(found.get("sensitivity")!).toBeGreaterThanOrEqual(sensitivity - 1e-9);
    for (let t = 0; t <= 20; t++) {
      const other = scoresOf({ ...rule, threshold: t / 20 }, examples);
      if (other.get("sensitivity")! >= sensitivity) {
        expect(other.get("specificity")!).toBeLessThanOrEqual(found.get("specificity")! + 1e-9);
      }
    }
  }));
});

Deno.test("fitDecision() weighs a false alarm and a miss by their costs", () => {
  const rule = fitDecision(twoClasses([0, 1], [0.2, 0.8]), {
    classes,
    aim: { cost: { falsePositive: 1, falseNegative: 4 } },
    calibration: "none",
  });
  expect(rule.threshold).toBeCloseTo(0.2, 12);
});

/** `n` examples of three classes with 70, 20 and 10 %, told apart by logits of the given strength. */
function threeClasses(n: number, strength: number): DecisionExamples {
  const stream = randomStream(0, "examples");
  const labels: number[] = [], rows: number[] = [];
  for (let i = 0; i < n; i++) {
    const u = stream.uniform(), y = u < 0.7 ? 0 : u < 0.9 ? 1 : 2;
    const e = [0.7, 0.2, 0.1].map((prior, c) => prior * Math.exp(stream.normal() + (c === y ? strength : 0)));
    const sum = e.reduce((a, b) => a + b);
    labels.push(y);
    rows.push(...e.map((value) => value / sum));
  }
  return { labels, probabilities: Float64Array.from(rows) };
}

Deno.test("fitDecision() gains on a score of unequal classes what the most probable class leaves", () => {
  const names = ["Normal", "Crackle", "Wheeze"];
  const examples = threeClasses(600, 1.5), fresh = threeClasses(3000, 1.5);
  const score = (aim: "argmax" | { score: string }, on: DecisionExamples) =>
    scoresOf(fitDecision(examples, { classes: names, aim }), on, names).get("icbhi")!;
  expect(score({ score: "icbhi" }, examples)).toBeGreaterThan(score("argmax", examples));
  // And on examples that it has not seen.
  expect(score({ score: "icbhi" }, fresh)).toBeGreaterThan(score("argmax", fresh));
});

Deno.test("fitDecision() learns the maximum where one loud window makes the label, and the mean where all do", () => {
  const stream = randomStream(1, "windows");
  const learned = (loud: number) => {
    const labels: number[] = [], probabilities: number[] = [], unitOf: number[] = [];
    for (let item = 0; item < 200; item++) {
      labels.push(item % 2);
      for (let window = 0; window < 6; window++) {
        const sick = item % 2 === 1 && window < loud;
        const p = 1 / (1 + Math.exp(-(sick ? 2 : -2) - stream.normal()));
        probabilities.push(1 - p, p);
        unitOf.push(item);
      }
    }
    const rule = fitDecision({ labels, probabilities: Float64Array.from(probabilities), unitOf }, {
      classes,
      aim: "argmax",
      aggregation: "learned",
    });
    return typeof rule.aggregation === "object" ? rule.aggregation.exponent : NaN;
  };
  expect(learned(1)).toBeGreaterThan(3);
  expect(learned(6)).toBeLessThan(3);
});

Deno.test("fitDecision() makes distorted probabilities true by isotonic regression, which no temperature can", () => {
  // The true probability is the square of the one that is told.
  const stream = randomStream(0, "distorted");
  const draw = (n: number) => {
    const told = Array.from({ length: n }, () => stream.uniform());
    return twoClasses(told.map((p) => Number(stream.uniform() < p * p)), told);
  };
  const fitted = draw(2000), fresh = draw(4000);
  const loss = (calibration: "isotonic" | "temperature") => {
    const rule = fitDecision(fitted, { classes, aim: "argmax", calibration });
    return logLoss(fresh.labels, applyDecision(rule, fresh.probabilities, { size: 2 }).probabilities, { size: 2 });
  };
  expect(loss("isotonic")).toBeLessThan(loss("temperature") - 0.02);
});

Deno.test("fitDecision() leaves the share that was asked for unanswered", () => {
  const examples = threeClasses(200, 1);
  const rule = fitDecision(examples, { classes: ["a", "b", "c"], aim: "argmax", coverage: 0.8 });
  const { unsure } = applyDecision(rule, examples.probabilities, { size: 3 });
  expect(unsure.reduce((a, b) => a + b, 0)).toBe(40);
});

Deno.test("fitDecision() doesn't believe in certainty that a small part can't show", () => {
  const rule = fitDecision(twoClasses([0, 0, 1, 1], [0.1, 0.2, 0.7, 0.9]), { classes, aim: "argmax" });
  expect(rule.temperature).toBe(1);
});

Deno.test("fitDecision() names the scores that there are for one that is none", () => {
  const aim = { score: "sprsound-2-1" };
  expect(() => fitDecision(twoClasses([0, 1], [0.1, 0.9]), { classes, aim })).toThrow(
    /"sprsound-2-1" in the aim .*accuracy/,
  );
});

Deno.test("fitDecision() says when the score does not exist on the validation part", () => {
  expect(() => fitDecision(twoClasses([0, 0], [0.1, 0.2]), { classes, aim: "youden" })).toThrow(/class that misses/);
  expect(() => fitDecision(twoClasses([], []), { classes, aim: "argmax" })).toThrow(/validation examples/);
});
