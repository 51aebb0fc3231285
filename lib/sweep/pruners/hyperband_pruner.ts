import { crc32 } from "node:zlib";
import { UsageError } from "../../errors/mod.ts";
import { lastStep, type Trial } from "../trial.ts";
import type { Pruner } from "./pruner.ts";
import { successiveHalvingPruner } from "./successive_halving_pruner.ts";

/** Options of {@linkcode hyperbandPruner}; defaults are Optuna's. */
export interface HyperbandOptions {
  /** Name of the study: with a trial's number it decides the trial's bracket. */
  study: string;
  /** Steps before the first rung of the first bracket. @default {1} */
  minResource?: number;
  /** Steps of a whole trial; `"auto"` takes those of the longest that is complete when it is first asked. @default {"auto"} */
  maxResource?: number | "auto";
  /** One in so many goes on from a rung. @default {3} */
  reductionFactor?: number;
  /** Trials that must have reached a rung before one goes on from it. @default {0} */
  bootstrapCount?: number;
}

/**
 * Hyperband (Li et al. 2018): several brackets of asynchronous successive halving, the first of which stops trials
 * earliest; trials only compete within their bracket. Brackets are drawn by the checksum of study and number, in the
 * proportions and with the decisions of `optuna.pruners.HyperbandPruner`.
 */
export function hyperbandPruner(options: HyperbandOptions): Pruner {
  const { study, minResource = 1, maxResource = "auto", reductionFactor = 3, bootstrapCount = 0 } = options;
  if (bootstrapCount > 0 && maxResource === "auto") {
    throw new UsageError({
      expected: "maxResource to be a number where bootstrapCount is",
      found: '"auto"',
      where: "the pruner",
    });
  }
  let brackets = maxResource === "auto" ? undefined : bracketsFor(maxResource, { minResource, reductionFactor });
  const pruners = new Map<number, Pruner>();
  return ({ trials, trial, direction }) => {
    brackets ??= bracketsFromTrials(trials, { minResource, reductionFactor });
    if (brackets === undefined) return { prune: false };
    const bracketOf = (one: Trial) => bracket(brackets!, crc32(`${study}_${one.number}`));
    const own = bracketOf(trial);
    if (!pruners.has(own)) {
      const minEarlyStoppingRate = own;
      pruners.set(own, successiveHalvingPruner({ minResource, reductionFactor, minEarlyStoppingRate, bootstrapCount }));
    }
    return pruners.get(own)!({ trials: trials.filter((one) => bracketOf(one) === own), trial, direction });
  };
}

/** Shares of the trials that the brackets get, as whole numbers. */
type Brackets = number[];

function bracketsFor(
  maxResource: number,
  { minResource, reductionFactor }: { minResource: number; reductionFactor: number },
): Brackets {
  const count = Math.floor(logarithm(maxResource / minResource, reductionFactor)) + 1;
  // Li et al. 2018, algorithm 1: bracket s begins with ceil((s_max + 1) eta^s / (s + 1)) trials.
  return Array.from({ length: count }, (_, bracket) => {
    const s = count - 1 - bracket;
    return Math.ceil(count * reductionFactor ** s / (s + 1));
  });
}

function bracketsFromTrials(
  trials: readonly Trial[],
  options: { minResource: number; reductionFactor: number },
): Brackets | undefined {
  const longest = Math.max(-1, ...trials.filter(({ state }) => state === "complete").map(lastStep));
  return longest < 0 ? undefined : bracketsFor(longest + 1, options);
}

function bracket(brackets: Brackets, checksum: number): number {
  let rest = checksum % brackets.reduce((sum, share) => sum + share, 0);
  return brackets.findIndex((share) => (rest -= share) < 0);
}

/** As Python's `math.log(x, base)`, quotient of two logarithms: just below a whole number for 1000 to the base 10. */
function logarithm(x: number, base: number): number {
  return Math.log(x) / Math.log(base);
}
