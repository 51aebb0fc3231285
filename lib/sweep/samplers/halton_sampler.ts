import { randomStream } from "../../random/mod.ts";
import type { ParamValue } from "../trial.ts";
import { conditionGroups, conditionHolds, type SampleContext } from "./sampler.ts";
import { valueAtShare } from "./unit_interval.ts";

/**
 * Quasi-random points that leave no hole: trial `n` is point `n + 1` of the Halton sequence, one prime base a dimension,
 * whose digits are permuted by the study's seed (Owen 2017, "A randomized Halton algorithm in R").
 */
export const haltonSampler = ({ space, number, stream }: SampleContext): Record<string, ParamValue> => {
  const params: Record<string, ParamValue> = {};
  const { seed } = stream.state();
  const names = Object.keys(space);
  const bases = primes(names.length);
  for (const group of conditionGroups(space)) {
    for (const [name, dimension] of group) {
      if (!conditionHolds(dimension, params)) continue;
      params[name] = valueAtShare(dimension, radicalInverse(number + 1, bases[names.indexOf(name)], seed));
    }
  }
  return params;
};

/** The digits of `index` in `base` mirrored at the point, each digit place with a permutation of its own. */
function radicalInverse(index: number, base: number, seed: number): number {
  const digits = Math.ceil(Math.log(2 ** 32) / Math.log(base)); // as many as matter to 32 bits
  let share = 0, scale = 1 / base, rest = index;
  for (let place = 0; place < digits; place++, scale /= base) {
    const permuted = randomStream(seed, `halton/${base}/${place}`).shuffle(Array(base).keys());
    share += permuted[rest % base] * scale;
    rest = Math.floor(rest / base);
  }
  return Math.min(share, 1 - 2 ** -32);
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}
