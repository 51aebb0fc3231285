import { expect } from "expect";
import fc from "fast-check";
import { float, int, oneOf, type SearchSpace } from "../../experiment/describe/search_space.ts";
import { randomStream } from "../../random/mod.ts";
import { outsideOf } from "./unit_interval.ts";
import { parzenEstimator } from "./parzen_estimator.ts";
import {
  gridLeft,
  gridOf,
  gridSampler,
  type ParamValue,
  randomSampler,
  type Sampler,
  tpeSampler,
  type Trial,
} from "../mod.ts";
import parzenGoldens from "../goldens/parzen.json" with { type: "json" };

const space: SearchSpace = {
  rate: float(1e-4, 1e-1, { log: true }),
  dropout: float(0, 0.5, { step: 0.05 }),
  bands: int(32, 128, { step: 32 }),
  hidden: int(8, 256, { log: true }),
  kind: oneOf("cnn", "crnn"),
  units: int(1, 4, { when: { kind: ["crnn"] } }),
};

/** Trials one after the other, each told the value of its setting. */
function search(
  sampler: Sampler,
  objective: (params: Record<string, ParamValue>) => number,
  { space, seed, count }: { space: SearchSpace; seed: number; count: number },
): Trial[] {
  const trials: Trial[] = [];
  for (let number = 0; number < count; number++) {
    const stream = randomStream(seed, `trial/${number}`);
    const params = sampler({ space, trials, direction: "minimize", number, stream })!;
    const value = objective(params);
    trials.push({ number, state: "complete", value, params, intermediate: new Map() });
  }
  return trials;
}

const samplers = { random: randomSampler, tpe: tpeSampler() };

for (const [name, sampler] of Object.entries(samplers)) {
  Deno.test(`${name} sampler stays inside the space, on its steps and under its conditions`, () => {
    const trials = search(sampler, ({ rate }) => rate as number, { space, seed: 1, count: 80 });
    for (const { params } of trials) {
      expect(params.rate).toBeGreaterThanOrEqual(1e-4);
      expect(params.rate).toBeLessThanOrEqual(1e-1);
      expect([...Array(11).keys()].map((i) => Number((i * 0.05).toPrecision(12)))).toContain(params.dropout);
      expect([32, 64, 96, 128]).toContain(params.bands);
      expect(Number.isInteger(params.hidden) && Number(params.hidden) >= 8 && Number(params.hidden) <= 256).toBe(true);
      expect("units" in params).toBe(params.kind === "crnn");
    }
  });

  Deno.test(`${name} sampler repeats itself for a seed`, () => {
    const draw = (seed: number) => search(sampler, ({ rate }) => rate as number, { space, seed, count: 15 });
    expect(draw(4)).toEqual(draw(4));
    expect(draw(4)).not.toEqual(draw(5));
  });
}

Deno.test("randomSampler gives each value of a stepped range the same share", () => {
  const counts = new Map<ParamValue, number>();
  for (const { params } of search(randomSampler, () => 0, { space, seed: 0, count: 4000 })) {
    counts.set(params.bands, (counts.get(params.bands) ?? 0) + 1);
  }
  // Binomial(4000, 1/4): standard deviation 27.4, bound at 5 of them.
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(137);
});

Deno.test("gridOf() lists every combination and asks conditional dimensions only where they apply", () => {
  const grid = gridOf({ kind: oneOf("cnn", "crnn"), units: int(1, 3, { when: { kind: ["crnn"] } }) });
  expect(grid).toEqual([{ kind: "cnn" }, ...[1, 2, 3].map((units) => ({ kind: "crnn", units }))]);
  expect(() => gridOf({ rate: float(0, 1) })).toThrow(/a step .* continuous range in rate/);
});

Deno.test("gridSampler tries each combination once, whatever others have tried, and has none left after the last", () => {
  const grid: SearchSpace = { a: oneOf(1, 2), b: oneOf("u", "v"), c: int(1, 2, { when: { b: ["v"] } }) };
  const next = (trials: Trial[], number = trials.length) =>
    gridSampler({ space: grid, trials, direction: "minimize", number, stream: randomStream(0, "grid") });
  // One of the six was added by somebody else, and one failed.
  const added = [{ a: 2, b: "v", c: 1 }, { a: 9, b: "u" } as Trial["params"]].map((params, number): Trial => //
  ({ number, state: "complete", value: 0, params, intermediate: new Map() }));
  const trials = [...added];
  for (let left = 5; left > 0; left--) {
    expect(gridLeft(grid, trials)).toBe(left);
    trials.push({ ...added[0], number: trials.length, state: left === 4 ? "fail" : "running", params: next(trials)! });
  }
  expect(new Set(trials.map(({ params }) => JSON.stringify(params))).size).toBe(7);
  expect([gridLeft(grid, trials), next(trials)]).toEqual([0, undefined]);
  // Two workers that began at the same moment, before either has written its setting.
  const begun = { ...added[0], number: 0, state: "running" as const, params: {} };
  expect(next([], 0)).toEqual({ a: 1, b: "u" });
  expect(next([begun], 1)).toEqual({ a: 1, b: "v", c: 1 });
  expect(gridLeft(grid, [begun])).toBe(5);
});

Deno.test("tpeSampler leaves out what another program tried beyond the space", () => {
  const outside = Array.from({ length: 20 }, (_, number): Trial => ({
    ...{ number, state: "complete", value: -number, intermediate: new Map() },
    params: number % 2 === 0
      ? { rate: -1, kind: "other" }
      : { rate: 0.01, dropout: 0.1, bands: 64, hidden: 16, kind: "cnn" },
  }));
  const stream = randomStream(0, "outside");
  const params = tpeSampler()({ space, trials: outside, direction: "minimize", number: 20, stream });
  expect(outsideOf(space, params)).toBeUndefined();
});

Deno.test("parzenEstimator() is a density: its mass over the whole space is 1", () => {
  const observation = fc.record({ n: fc.integer({ min: 1, max: 9 }), kind: fc.constantFrom("a", "b") });
  fc.assert(
    fc.property(fc.array(observation, { maxLength: 12 }), (observations) => {
      const dimensions = Object.entries({ n: int(1, 9), kind: oneOf("a", "b") });
      const estimator = parzenEstimator(dimensions, observations, observations.map(() => 1));
      let mass = 0;
      for (let n = 1; n <= 9; n++) {
        for (const kind of ["a", "b"]) mass += Math.exp(estimator.logDensity({ n, kind }));
      }
      // The tail function's error, 1.2e-7 a value, through nine steps and a prior that holds .38 of its mass inside.
      expect(Math.abs(mass - 1)).toBeLessThan(1e-5);
    }),
    { numRuns: 50 },
  );
});

for (const { observations, points, logDensities } of parzenGoldens) {
  Deno.test(`parzenEstimator() of ${observations.length} observations agrees with Optuna's of 5.0.0`, () => {
    const dimensions = Object.entries({
      rate: float(1e-4, 1e-1, { log: true }),
      drop: float(0, 0.5, { step: 0.1 }),
      bands: int(32, 128, { step: 32 }),
      hidden: int(8, 256, { log: true }),
      x: float(-2, 3),
      kind: oneOf("cnn", "crnn", "mlp"),
    });
    const n = observations.length;
    // Optuna's default weights: the last 25 count whole, those before rise from 1 / n.
    const weights = Array.from({ length: n }, (_, i) => i >= n - 25 ? 1 : 1 / n + (1 - 1 / n) * i / (n - 26));
    const estimator = parzenEstimator(dimensions, observations as Record<string, ParamValue>[], weights);
    // Masses of steps are differences of tails that are right to 1.2e-7, at least .01 wide here: 1e-4 for six of them.
    points.forEach((point, i) => {
      expect(Math.abs(estimator.logDensity(point) - logDensities[i])).toBeLessThan(1e-4);
    });
  });
}

Deno.test("tpeSampler() finds a narrow valley that random search misses (median of 20 seeds, 60 trials)", () => {
  const valley: SearchSpace = { x: float(-5, 5), y: float(1e-5, 1, { log: true }) };
  const objective = ({ x, y }: Record<string, ParamValue>) => (Number(x) - 2) ** 2 + (Math.log10(Number(y)) + 3) ** 2;
  const medianBest = (sampler: Sampler) => {
    const best = Array.from(
      { length: 20 },
      (_, seed) =>
        Math.min(...search(sampler, objective, { space: valley, seed, count: 60 }).map(({ value }) => value!)),
    );
    return best.toSorted((a, b) => a - b)[10];
  };
  expect(medianBest(tpeSampler())).toBeLessThan(medianBest(randomSampler) / 2);
});

Deno.test("tpeSampler() keeps away from where a trial is running (constant liar)", () => {
  const line: SearchSpace = { x: float(0, 1) };
  const trials = search(randomSampler, ({ x }) => Math.abs(Number(x) - 0.5), { space: line, seed: 0, count: 40 });
  const propose = (extra: Trial[]) =>
    Array.from({ length: 30 }, (_, number) =>
      Number(
        tpeSampler()({
          space: line,
          trials: [...trials, ...extra],
          direction: "minimize",
          number: 40,
          stream: randomStream(number, "liar"),
        }).x,
      ));
  const running: Trial = { ...trials[0], number: 40, state: "running", value: null, params: { x: 0.5 } };
  const near = (xs: number[]) => xs.filter((x) => Math.abs(x - 0.5) < 0.03).length;
  expect(near(propose(Array(20).fill(running)))).toBeLessThan(near(propose([])));
});
