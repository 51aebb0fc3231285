import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { bootstrapFrom, clusterBootstrap } from "./cluster_bootstrap.ts";
import goldens from "../scores/goldens/metrics.json" with { type: "json" };
import { scoreStatistic } from "../scores/mod.ts";

type Golden = typeof goldens.cluster_bootstrap[number];

function itemsOf(golden: Golden) {
  const score = golden.score_x27.map((x) => x / 27);
  return {
    labels: Int32Array.from(golden.y_true),
    predicted: Int32Array.from(golden.y_pred),
    probabilities: Float64Array.from(score.flatMap((p) => [1 - p, p])),
    clusters: Int32Array.from(golden.cluster_of_row),
  };
}

/** How often each cluster is drawn in the golden resamples: floor(s / 65536) mod clusters of an LCG. */
function* goldenDraws({ index_seed, n_clusters, B }: Golden): Generator<Float64Array> {
  let s = index_seed;
  for (let b = 0; b < B; b++) {
    const weights = new Float64Array(n_clusters);
    for (let j = 0; j < n_clusters; j++) {
      s = (1664525 * s + 1013904223) % 2 ** 32;
      weights[Math.floor(s / 65536) % n_clusters]++;
    }
    yield weights;
  }
}

const namesOf = { accuracy: "accuracy", macc: "cinc2016", sensitivity: "sensitivity", roc_auc: "rocAuc" } as const;

for (const golden of goldens.cluster_bootstrap) {
  const { names, statistic } = scoreStatistic(itemsOf(golden), { classes: ["0", "1"], asked: ["cinc2016"] });
  const bootstrap = bootstrapFrom(statistic, { clusters: golden.n_clusters, draws: goldenDraws(golden), level: 0.95 });
  for (const [key, name] of Object.entries(namesOf) as [keyof typeof namesOf, string][]) {
    Deno.test(`bootstrapFrom() has the golden replicates and intervals of ${name}: ${golden.id}`, () => {
      const i = names.indexOf(name);
      const expected = golden.metrics[key];
      expect(bootstrap.point[i]).toBeCloseTo(expected.point, 9);
      expected.replicates_first10.forEach((value, b) => {
        if (typeof value === "number") expect(bootstrap.replicates[i][b]).toBeCloseTo(value, 9);
        else expect(bootstrap.replicates[i][b]).toBeNaN();
      });
      const percentile = bootstrap.interval(i);
      expect(percentile.undefinedReplicates).toBe(expected.undefined_replicates);
      expect(percentile.low).toBeCloseTo(expected.percentile[0], 9);
      expect(percentile.high).toBeCloseTo(expected.percentile[1], 9);
      if ("bca" in expected) {
        const bca = bootstrap.interval(i, "bca");
        expect(bca.low).toBeCloseTo(expected.bca!.interval[0], 8);
        expect(bca.high).toBeCloseTo(expected.bca!.interval[1], 8);
      }
    });
  }
}

Deno.test("clusterBootstrap() draws as many subjects as there are and has their standard error", () => {
  // Mean of n values of variance v: the bootstrap's standard deviation is sqrt(v / n); with 2,000 resamples its own standard
  // error is 1 / sqrt(4000) of it, bound at 5 of these.
  const values = Array.from({ length: 40 }, (_, i) => (i * 7) % 11);
  const mean = values.reduce((a, b) => a + b, 0) / 40;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 40;
  const { replicates: [of] } = clusterBootstrap((weights) => {
    let sum = 0, count = 0;
    weights.forEach((weight, i) => {
      sum += weight * values[i];
      count += weight;
    });
    expect(count).toBe(40);
    return [sum / 40];
  }, { clusters: 40, stream: randomStream(0, "bootstrap") });
  const centre = of.reduce((a, b) => a + b, 0) / of.length;
  const spread = Math.sqrt(of.reduce((sum, value) => sum + (value - centre) ** 2, 0) / of.length);
  const expected = Math.sqrt(variance / 40);
  expect(Math.abs(spread / expected - 1)).toBeLessThan(5 / Math.sqrt(4000));
});

Deno.test("clusterBootstrap() covers the truth about as often as it says, where the items of a subject go together", () => {
  // 300 draws of 50 subjects with 1 to 8 items that are all right or all wrong; the truth is 0.7. Binomial(300, 0.95) has a
  // standard deviation of 0.0126, bound at 5 of these; resampling items instead would be 2.4 times too narrow and cover about 0.6.
  const stream = randomStream(0, "coverage");
  let covered = 0;
  for (let study = 0; study < 300; study++) {
    const count = Array.from({ length: 50 }, () => 1 + stream.integer(8));
    const right = count.map(() => Number(stream.uniform() < 0.7));
    const { low, high } = clusterBootstrap((weights) => {
      let hits = 0, all = 0;
      weights.forEach((weight, i) => {
        hits += weight * count[i] * right[i];
        all += weight * count[i];
      });
      return [hits / all];
    }, { clusters: 50, stream: stream.fork(`${study}`), resamples: 400 }).interval(0);
    covered += Number(low <= 0.7 && 0.7 <= high);
  }
  expect(covered / 300).toBeGreaterThan(0.95 - 5 * 0.0126);
});
