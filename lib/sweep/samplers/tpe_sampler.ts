import type { Dimension } from "../../experiment/describe/search_space.ts";
import { type Direction, lastStep, type ParamValue, type Trial } from "../trial.ts";
import { isInside } from "./unit_interval.ts";
import { parzenEstimator } from "./parzen_estimator.ts";
import { conditionGroups, conditionHolds, randomSampler, type SampleContext } from "./sampler.ts";

/** Options of {@linkcode tpeSampler}; defaults are Optuna's. */
export interface TpeOptions {
  /** Trials that are drawn evenly first. @default {10} */
  startupTrials?: number;
}

/** Of which the most promising is taken, as in Optuna. */
const CANDIDATES = 24;

/**
 * Tree-structured Parzen estimator (Bergstra et al. 2011 and 2013; multivariate as in Watanabe 2023): the tenth of the
 * trials that did best makes one density, all others make another, and of some candidates drawn from the first the one
 * where the two differ most is tried. Running trials count among the others (constant liar), so that parallel workers
 * don't all try the same.
 */
export function tpeSampler(
  { startupTrials = 10 }: TpeOptions = {},
): (context: SampleContext) => Record<string, ParamValue> {
  return (context) => {
    const finished = context.trials.filter((trial) => trial.state === "complete" || trial.state === "pruned");
    if (finished.length < startupTrials) return randomSampler(context);
    const params: Record<string, ParamValue> = {};
    for (const group of conditionGroups(context.space)) {
      if (conditionHolds(group[0][1], params)) Object.assign(params, propose(group, context));
    }
    return params;
  };
}

/** The setting of dimensions that are drawn together, from the trials that have them all. */
function propose(
  group: [string, Dimension][],
  { trials, direction, stream }: SampleContext,
): Record<string, ParamValue> {
  // Good and bad are told among all trials: a condition that seldom holds doesn't make its best trials good.
  const ranked = rank(trials.filter((trial) => trial.state === "complete" || trial.state === "pruned"), direction);
  const good = Math.min(Math.ceil(0.1 * ranked.length), 25);
  const having = (some: readonly Trial[]) =>
    // A trial that another program added may lie outside.
    inOrder(some.filter(({ params }) =>
      group.every(([name, dimension]) => name in params && isInside(dimension, params[name]))
    ));
  const running = trials.filter((trial) => trial.state === "running");
  const below = having(ranked.slice(0, good));
  const above = having([...ranked.slice(good), ...running]);
  const likely = parzenEstimator(group, below.map(({ params }) => params), recency(below.length));
  const unlikely = parzenEstimator(group, above.map(({ params }) => params), recency(above.length));
  let best = likely.sample(stream);
  let gain = likely.logDensity(best) - unlikely.logDensity(best);
  for (let i = 1; i < CANDIDATES; i++) {
    const candidate = likely.sample(stream);
    const ratio = likely.logDensity(candidate) - unlikely.logDensity(candidate);
    if (ratio > gain) [best, gain] = [candidate, ratio];
  }
  return best;
}

/** From best to worst: complete trials by value, then pruned ones by how far they came and their last value. */
function rank(trials: Trial[], direction: Direction): Trial[] {
  const sign = direction === "maximize" ? -1 : 1;
  const by = (key: (trial: Trial) => number) => (a: Trial, b: Trial) => key(a) - key(b);
  const worth = (value: number | null | undefined) =>
    value === null || value === undefined || Number.isNaN(value) ? Infinity : sign * value;
  const complete = trials.filter((trial) => trial.state === "complete").toSorted(by((trial) => worth(trial.value)));
  const pruned = trials.filter((trial) => trial.state === "pruned").toSorted((a, b) =>
    lastStep(b) - lastStep(a) || worth(a.intermediate.get(lastStep(a))) - worth(b.intermediate.get(lastStep(b)))
  );
  return [...complete, ...pruned];
}

function inOrder(trials: Trial[]): Trial[] {
  return trials.toSorted((a, b) => a.number - b.number);
}

/** Weights of observations from the oldest on: the last 25 count whole, older ones less and less (Bergstra et al. 2013). */
function recency(n: number): number[] {
  const ramp = Math.max(0, n - 25);
  return Array.from({ length: n }, (_, i) => i >= ramp ? 1 : ramp === 1 ? 1 / n : 1 / n + (1 - 1 / n) * i / (ramp - 1));
}
