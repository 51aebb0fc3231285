import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { shiftPriors } from "./mod.ts";

/** Posteriors of x, normal with mean 0 (healthy) or 1.5, in a place with this share of sick; true where `prior` of them are. */
function place({ share, prior, count }: { share: number; prior: number; count: number }): Float64Array {
  const stream = randomStream(3, "place");
  const rows = Array.from({ length: count }, () => {
    const x = stream.normal() + (stream.uniform() < share ? 1.5 : 0);
    const odds = Math.exp(1.5 * x - 1.5 ** 2 / 2) * prior / (1 - prior);
    return [1 / (1 + odds), odds / (1 + odds)];
  });
  return Float64Array.from(rows.flat());
}

Deno.test("shiftPriors() finds the share of the likelihood's top, and probabilities that are true under it", () => {
  const posteriors = place({ share: 0.15, prior: 0.5, count: 4000 });
  const { probabilities, priors } = shiftPriors(posteriors, { priors: [0.5, 0.5] });
  expect(priors[1]).toBeGreaterThan(0.12);
  expect(priors[1]).toBeLessThan(0.18);
  // A second way to the same share: the likelihood of the mixture, looked up on a grid.
  const likelihood = (share: number) => {
    let sum = 0;
    for (let i = 0; i < posteriors.length; i += 2) {
      sum += Math.log((1 - share) * posteriors[i] / 0.5 + share * posteriors[i + 1] / 0.5);
    }
    return sum;
  };
  const grid = Array.from({ length: 999 }, (_, i) => (i + 1) / 1000);
  const top = grid.reduce((best, share) => likelihood(share) > likelihood(best) ? share : best);
  expect(Math.abs(priors[1] - top)).toBeLessThan(0.001);
  // What the same sounds give to who knew the share from the start.
  const known = place({ share: 0.15, prior: priors[1], count: 4000 });
  for (let i = 0; i < known.length; i++) expect(probabilities[i]).toBeCloseTo(known[i], 6);
});

Deno.test("shiftPriors() does the first step as by hand, and leaves alone what is as usual", () => {
  // Two items of .8 and .4 sick under shares of a half: a fixed point where s = mean of p s / (p s + (1 - p)(1 - s)).
  const { priors: [, sick], probabilities } = shiftPriors(Float64Array.of(0.2, 0.8, 0.6, 0.4), { priors: [0.5, 0.5] });
  const shifted = (p: number) => p * sick / (p * sick + (1 - p) * (1 - sick));
  expect((shifted(0.8) + shifted(0.4)) / 2).toBeCloseTo(sick, 6);
  expect([...probabilities]).toEqual(
    [1 - shifted(0.8), shifted(0.8), 1 - shifted(0.4), shifted(0.4)].map((p) => expect.closeTo(p, 6)),
  );
  const usual = Float64Array.of(0.7, 0.2, 0.1, 0.1, 0.7, 0.2, 0.2, 0.1, 0.7);
  const same = shiftPriors(usual, { priors: [1 / 3, 1 / 3, 1 / 3] });
  expect(same.priors).toEqual([1, 1, 1].map(() => expect.closeTo(1 / 3, 6)));
  expect(shiftPriors(new Float64Array(), { priors: [0.5, 0.5] }).priors).toEqual([0.5, 0.5]);
});
