import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { fitNeighbours, type TrainingSound } from "./fit_neighbours.ts";
import { neighbourhood } from "./training_neighbours.ts";

const SIZE = 12;

/** Descriptors of one kind: two clouds, one a class. */
function sounds(kind: string, count: number, shift = 0): TrainingSound[] {
  const stream = randomStream(0, kind);
  return Array.from({ length: count }, (_, i) => ({
    descriptor: Float64Array.from({ length: SIZE }, () => shift + 3 * (i % 2) + stream.normal()),
    label: i % 2,
  }));
}

const descriptorsOf = (of: TrainingSound[]) => of.map(({ descriptor }) => descriptor);
const fitted = fitNeighbours(sounds("training", 400), sounds("validation", 300));

Deno.test("fitNeighbours() keeps 95 of 100 new recordings within its limit", () => {
  const within = descriptorsOf(sounds("test", 1000)).filter((one) =>
    neighbourhood(one, fitted).distance <= fitted.limit
  );
  // Binomial(1000, 0.95) has a deviation of 7; the limit, drawn from 300, has one of 13: 4 deviations of both.
  expect(Math.abs(within.length - 950)).toBeLessThan(60);
});

Deno.test("neighbourhood() of a recording of another kind lies beyond the limit", () => {
  for (const descriptor of descriptorsOf(sounds("other", 50, 12))) {
    expect(neighbourhood(descriptor, fitted).distance).toBeGreaterThan(fitted.limit);
  }
});

Deno.test("neighbourhood() of a training recording is 0 and names its class first", () => {
  for (const { descriptor, label } of sounds("training", 400).slice(0, 20)) {
    const { distance, labels } = neighbourhood(descriptor, fitted);
    expect([distance, labels[0], labels.length]).toEqual([0, label, 5]);
  }
});

Deno.test("neighbourhood() is the root mean square of standardised differences, to the step of a byte", () => {
  const known = [{ descriptor: Float64Array.of(0, 10), label: 0 }, { descriptor: Float64Array.of(4, 30), label: 1 }];
  const own = fitNeighbours(known, [known[0]]);
  // Means 2 and 20, deviations 2 and 10: the points are (-1, -1) and (1, 1), the new one (0, -1).
  const { distance, labels } = neighbourhood(Float64Array.of(2, 10), own);
  expect(labels).toEqual([0, 1]);
  expect(Math.abs(distance - Math.sqrt(1 / 2))).toBeLessThan(6 / 127);
});

Deno.test("neighbourhood() and fitNeighbours() refuse what does not fit", () => {
  expect(() => neighbourhood(new Float64Array(3), fitted)).toThrow(/a descriptor of 12 entries/);
  expect(() => neighbourhood(new Float64Array(SIZE), { ...fitted, labels: [0] })).toThrow(/1 descriptors/);
  expect(() => fitNeighbours(sounds("training", 3), [])).toThrow(/3 and 0/);
});
