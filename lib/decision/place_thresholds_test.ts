import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { normalCdf } from "../statistics/mod.ts";
import { placeThresholds } from "./mod.ts";
import { type Prediction } from "../scores/mod.ts";

/** Scores of healthy and sick, normal with means 0 and `apart`, all raised by `shift`; called sick above the middle. */
function place({ count, apart, shift }: { count: number; apart: number; shift: number }): Prediction[] {
  const stream = randomStream(5, "place");
  return Array.from({ length: count }, (_, i) => {
    const sick = i % 2 === 1;
    const p = normalCdf(stream.normal() + (sick ? apart : 0) + shift - apart / 2);
    return {
      ...{ fold: 0, seed: 0, part: "test", recording: `${i}.wav`, subject: `s${i}`, source: "x", start: 0, end: 1 },
      ...{ label: sick ? "sick" : "healthy", predicted: p >= 0.5 ? "sick" : "healthy", probabilities: [1 - p, p] },
    };
  });
}
const options = { classes: ["healthy", "sick"], usual: 0.5, seed: 1 };

Deno.test("where all scores are raised, a threshold of the place gives back what the one that came along loses", () => {
  const moved = placeThresholds(place({ count: 2000, apart: 2, shift: 2 }), options);
  // Normal with the same spread two apart: Φ(1) = .841 at best, and (Φ(-1) + Φ(3)) / 2 = .579 two too high.
  expect(moved.carried).toBeCloseTo((1 - normalCdf(1) + normalCdf(3)) / 2, 1);
  expect(moved.half.value).toBeCloseTo(normalCdf(1), 1);
  expect(moved.unlabelled.value!).toBeGreaterThan(0.78);
  expect(moved.labelled.value!).toBeGreaterThan(0.75);
  expect(moved.labelled.low!).toBeLessThan(moved.labelled.value!);
  expect(moved.half.high! - moved.half.low!).toBeLessThan(moved.labelled.high! - moved.labelled.low!);
});

Deno.test("where nothing is ranked, no threshold helps", () => {
  const { carried, unlabelled, labelled, half } = placeThresholds(place({ count: 2000, apart: 0, shift: 0 }), options);
  for (const value of [carried, unlabelled.value, labelled.value, half.value]) expect(value!).toBeCloseTo(0.5, 1);
});

Deno.test("a place whose rest can't be judged has no score, and one of one class has none at all", () => {
  const few = placeThresholds(place({ count: 12, apart: 9, shift: 0 }), options);
  expect(few.carried).toBe(1);
  expect(few.unlabelled).toEqual({ value: null, low: null, high: null });
  const healthy = place({ count: 80, apart: 2, shift: 0 }).filter(({ label }) => label === "healthy");
  expect(placeThresholds(healthy, options)).toMatchObject({ carried: null, half: { value: null } });
});

Deno.test("no subject gives a threshold and is judged by it: one with many recordings counts once", () => {
  // Two subjects: whichever is drawn, only the other is left, who has one class.
  const two = place({ count: 40, apart: 2, shift: 0 }).map((one) => ({ ...one, subject: one.label }));
  expect(placeThresholds(two, options).half.value).toBeNull();
});
