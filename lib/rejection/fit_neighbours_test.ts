import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { fitNeighbours, type TrainingSound } from "./fit_neighbours.ts";
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
