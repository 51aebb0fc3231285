import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { proportionInterval, studentQuantile } from "../statistics/mod.ts";
import { differenceInterval, meanInterval, scoreInterval } from "./score_interval.ts";
import { scoreSpreads } from "./score_spread.ts";

const level = 0.95;

Deno.test("scoreInterval() is Wilson's where the variance is that of a share of independent cases", () => {
  for (const [k, n] of [[45, 50], [3, 200], [100, 200]]) {
    const value = k / n, spread = { value, variance: value * (1 - value) / n, doubt: 0, degrees: 1e9, varies: true };
    const { low, high } = proportionInterval(k, n, { level });
    const found = scoreInterval("rocAuc", spread, { level });
    expect(found.low).toBeCloseTo(low, 7);
    expect(found.high).toBeCloseTo(high, 7);
    // Twice the variance is half the cases; and MCC is a share of the way from -1 to 1.
    const half = proportionInterval(k / 2, n / 2, { level });
    expect(scoreInterval("rocAuc/x", { ...spread, variance: 2 * spread.variance }, { level }).low).toBeCloseTo(
      half.low,
      7,
    );
    // What is counted moves in steps, of which a quarter is added; and MCC is a share of the way from -1 to 1.
    const [below, above] = [-0.25, 0.25].map((step) => proportionInterval(k + step, n, { level }));
    expect(scoreInterval("accuracy", spread, { level }).low).toBeCloseTo(below.low, 7);
    const mcc = scoreInterval("mcc", { ...spread, value: 2 * value - 1, variance: 4 * spread.variance }, { level });
    expect(mcc.high).toBeCloseTo(2 * above.high - 1, 7);
  }
});

Deno.test("scoreInterval() of a loss is the score interval of a count", () => {
  // Rao's interval of a Poisson mean of 9 in 10 tries: (9 + z²/2 ± z sqrt(9 + z²/4)) / 10.
  const z = 1.959963984540054, half = z * Math.sqrt(9 + z * z / 4);
  const { low, high } = scoreInterval("logLoss", { value: 0.9, variance: 0.09, doubt: 0, degrees: 1e9, varies: true }, {
    level,
  });
  expect(low).toBeCloseTo((9 + z * z / 2 - half) / 10, 6);
  expect(high).toBeCloseTo((9 + z * z / 2 + half) / 10, 6);
});

Deno.test("meanInterval() of independent scores is narrower by the root of their number", () => {
  const one = { value: 0.8, low: 0.7, high: 0.85 };
  const { low, high } = meanInterval([one, one, one, one]);
  expect(low).toBeCloseTo(0.75, 12);
  expect(high).toBeCloseTo(0.825, 12);
});

Deno.test("differenceInterval() leaves out 0 where p is below 0.05", () => {
  for (const value of [0.2, 0.21, 0.25]) {
    const { low, p } = differenceInterval({ value, variance: 0.01, doubt: 0, degrees: 20, varies: true }, { level });
    expect(low! > 0).toBe(p! < 0.05);
  }
  // Student's t of 20 degrees: 2.086.
  expect(studentQuantile(0.95, 20)).toBeCloseTo(2.0859634473, 9);
  expect(studentQuantile(0.95, 1)).toBeCloseTo(12.7062047362, 9);
});

Deno.test("scoreInterval() covers high scores of few subjects, which resampling does in .8 of all studies", () => {
  // 300 studies of 12 ill and 28 well with one to nine items, which share half of their noise; AUC .986. A coverage of .95 has
  // a standard deviation of .0126, bound at 4 of these.
  const stream = randomStream(0, "coverage"), distance = 3.107; // sqrt(2) * the normal quantile of .986
  const truth = { rocAuc: 0.986, sensitivity: 0.93985, specificity: 0.93985 }; // Φ(distance / 2)
  const covered = { rocAuc: 0, sensitivity: 0, specificity: 0 };
  for (let study = 0; study < 300; study++) {
    const labels: number[] = [], clusters: number[] = [], x: number[] = [];
    for (let subject = 0; subject < 40; subject++) {
      const label = Number(subject < 12), own = Math.SQRT1_2 * stream.normal();
      for (let items = 1 + stream.integer(9); items > 0; items--) {
        labels.push(label);
        clusters.push(subject);
        x.push(distance * (label - 0.5) + own + Math.SQRT1_2 * stream.normal());
      }
    }
    const items = {
      labels: Int32Array.from(labels),
      clusters: Int32Array.from(clusters),
      predicted: Int32Array.from(x, (x) => Number(x > 0)),
      probabilities: Float64Array.from(x.flatMap((x) => [1 / (1 + Math.exp(x)), 1 / (1 + Math.exp(-x))])),
    };
    const { names, sides: [spreads] } = scoreSpreads([[items]], {
      classes: ["well", "ill"],
      asked: [],
      clusters: 40,
    });
    for (const score of Object.keys(truth) as (keyof typeof truth)[]) {
      const { low, high } = scoreInterval(score, spreads[names.indexOf(score)], { level });
      covered[score] += Number(low! <= truth[score] && truth[score] <= high!);
    }
  }
  for (const count of Object.values(covered)) expect(count / 300).toBeGreaterThan(0.95 - 4 * 0.0126);
});
