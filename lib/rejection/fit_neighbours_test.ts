import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { fitNeighbours, type LeftOut, noveltyLimit, type TrainingSound } from "./fit_neighbours.ts";
import { neighbourhood } from "./training_neighbours.ts";

const SIZE = 12;

/** Recordings of some subjects, four of each, who differ more from each other than their recordings do. */
function cohort(name: string, subjects: number): TrainingSound[] {
  const stream = randomStream(0, name);
  return Array.from({ length: subjects }, (_, s) => {
    const own = Float64Array.from({ length: SIZE }, () => stream.normal());
    return Array.from({ length: 4 }, () => ({
      descriptor: own.map((value) => value + 0.3 * stream.normal()),
      subject: `${name} ${s}`,
      label: s % 2,
    }));
  }).flat();
}

Deno.test("fitNeighbours() of a handful of subjects accepts most new ones, where the one for validation alone would not", () => {
  const draws = Array.from({ length: 40 }, (_, i) => {
    const validation = cohort(`validation ${i}`, 1);
    const fitted = fitNeighbours(cohort(`training ${i}`, 7), validation);
    const distances = (of: TrainingSound[]) => of.map(({ descriptor }) => neighbourhood(descriptor, fitted).distance);
    const furthest = Math.max(...distances(validation));
    const others = distances(cohort(`test ${i}`, 20));
    const share = (limit: number) => others.filter((distance) => distance <= limit).length / others.length;
    return { joint: share(fitted.limit), alone: share(furthest) };
  });
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value / values.length, 0);
  const joint = mean(draws.map((draw) => draw.joint)), alone = mean(draws.map((draw) => draw.alone));
  // Four alike of one subject hold the distances of about as many others as they don't; the bound means 95 %.
  expect(alone).toBeLessThan(0.7);
  expect(joint).toBeGreaterThan(0.85);
});

Deno.test("fitNeighbours() holds a training recording against other subjects: against its own others it is too near", () => {
  const [training, validation] = [cohort("training", 30), cohort("validation", 2)];
  const nameless = training.map(({ descriptor, label }) => ({ descriptor, label }));
  expect(fitNeighbours(training, validation).limit).toBeGreaterThan(fitNeighbours(nameless, validation).limit);
});

const each = (distances: number[]): LeftOut[] => distances.map((distance, i) => ({ subject: `${i}`, distance }));
const least = 0.01;

Deno.test("noveltyLimit() of many distances is their quantile, raised for their number", () => {
  // 0.95 of 101: the 96th of 100.
  expect(noveltyLimit(each(Array.from({ length: 100 }, (_, i) => (100 - i) / 100)), { least })).toBe(0.96);
});

Deno.test("noveltyLimit() of few distances is the prediction bound of a log-normal distribution", () => {
  // t(0.95; 2) = 2.919986; exp(0.1 · 2.919986 · √(1 + 1/3)).
  expect(noveltyLimit(each([Math.exp(-0.1), 1, Math.exp(0.1)]), { least })).toBeCloseTo(1.40098, 4);
});

Deno.test("noveltyLimit() of few subjects holds 95 of 100 recordings of another", () => {
  const stream = randomStream(0, "distances");
  const draw = () => Math.exp(0.3 * stream.normal() - 1);
  const draws = 4000;
  let beyond = 0;
  for (let i = 0; i < draws; i++) if (draw() > noveltyLimit(each(Array.from({ length: 8 }, draw)), { least })) beyond++;
  // Binomial(4000, 0.05): a deviation of 13.8.
  expect(Math.abs(beyond - 0.05 * draws)).toBeLessThan(4 * 13.8);
});

Deno.test("noveltyLimit() of one or two subjects leaves nothing beyond, and copies don't bring it to 0", () => {
  const two = Array.from({ length: 40 }, (_, i) => ({ subject: `${i % 2}`, distance: 0.5 + i / 1000 }));
  expect(noveltyLimit(two, { least })).toBe(12);
  expect(noveltyLimit(each([0, 0, 0, 0]), { least })).toBeCloseTo(0.01, 12);
});
