import { normalMass } from "../samplers/parzen_estimator.ts";
import type { Dimension, SearchSpace } from "../../experiment/describe/search_space.ts";
import { highestValue } from "../samplers/unit_interval.ts";
import type { Direction, ParamValue, Trial } from "../trial.ts";

/** Share of the trials that count as good. */
const GOOD = 0.1;
/** Cells into which a numeric range is cut. */
const CELLS = 50;
/** Trials that must have a dimension (or lack it) before something is said from them. */
const FEWEST = 2;

/**
 * How much each dimension decides whether a trial is among the best tenth: the divergence between where the good trials lie
 * and where all lie, as a share of the sum over the dimensions (PED-ANOVA, Watanabe et al. 2023, and its conditional form,
 * arXiv 2601.20800), with the choices of `optuna.importance.PedAnovaImportanceEvaluator`. Only complete trials count.
 *
 * @returns shares that sum to 1, the largest first; equal ones where there is nothing to tell them from.
 */
export function pedAnova(
  trials: readonly Trial[],
  { space, direction }: { space: SearchSpace; direction: Direction },
): Record<string, number> {
  const complete = trials.filter((trial) => trial.state === "complete");
  const names = Object.keys(space).filter((name) => complete.some(({ params }) => name in params));
  const judged = complete.filter(({ value }) => value !== null && Number.isFinite(value));
  const good = new Set(judged.length > 1 ? bestShare(judged, direction) : []);
  const raw = names.map((name): [string, number] => [name, divergence([name, space[name]], judged, good)]);
  const sum = raw.reduce((total, [, value]) => total + value, 0);
  const shares = raw.map(([name, value]): [string, number] => [name, sum === 0 ? 1 / names.length : value / sum]);
  return Object.fromEntries(shares.toSorted(([, a], [, b]) => b - a));
}

/** The trials up to the value of the good share, those that tie with it included. */
function bestShare(trials: Trial[], direction: Direction): Trial[] {
  const sign = direction === "maximize" ? -1 : 1;
  const losses = trials.map(({ value }) => sign * value!);
  const cutoff = losses.toSorted((a, b) => a - b)[Math.ceil(GOOD * losses.length) - 1];
  return trials.filter((_, i) => losses[i] <= cutoff);
}

/** `alpha^2 / beta * D`, where a share beta of all and a share alpha of the good trials have the dimension. */
function divergence([name, dimension]: [string, Dimension], all: Trial[], good: ReadonlySet<Trial>): number {
  const having = all.filter(({ params }) => name in params);
  const goodOnes = having.filter((trial) => good.has(trial));
  if (having.length < FEWEST || goodOnes.length === 0 || isSingle(dimension)) return 0;
  const density = dimension.kind === "categorical" ? choiceDensity : scottDensity;
  const of = (some: Trial[]) => density(cellCounts(dimension, some.map(({ params }) => params[name])));
  const [top, everywhere] = [of(goodOnes), of(having)];
  // The 1e-12 keeps the quotient finite where nothing lies.
  const pearson = everywhere.reduce(
    (sum, share, cell) => sum + (share + 1e-12) * ((top[cell] + 1e-12) / (share + 1e-12) - 1) ** 2,
    0,
  );
  return (goodOnes.length / good.size) ** 2 / (having.length / all.length) * pearson;
}

function isSingle(dimension: Dimension): boolean {
  return dimension.kind === "categorical" ? dimension.choices.length === 1 : dimension.low === highestValue(dimension);
}

/** How many values lie in each cell of a dimension; one that lies between two centres belongs to the lower. */
function cellCounts(dimension: Dimension, values: readonly ParamValue[]): number[] {
  if (dimension.kind === "categorical") {
    return dimension.choices.map((choice) => values.filter((value) => value === choice).length);
  }
  const { low, log, step, kind } = dimension;
  const high = highestValue(dimension);
  const cells = kind === "int" && log
    ? Math.min(CELLS, Math.ceil(Math.log(high - low + 1) / Math.log(2)) + 1)
    : step !== null
    ? Math.min(CELLS, Math.round((high - low) / step) + 1)
    : CELLS;
  const at = (value: number) => log ? Math.log(value) : value;
  const width = (at(high) - at(low)) / (cells - 1);
  const counts = new Array(cells).fill(0);
  for (const value of values) {
    const cell = Math.ceil((at(value as number) - at(low)) / width - 0.5);
    counts[Math.max(0, Math.min(cells - 1, cell))]++;
  }
  return counts;
}

/**
 * Probability of each cell of a grid of `counts.length` cells, estimated from how many observations lie in each: normal
 * kernels cut at both ends, their width by Scott's rule (Scott 1992, 1.059 min(IQR / 1.34, sd) n^(-1/5)), and one wide kernel
 * that counts as one observation.
 */
function scottDensity(counts: readonly number[]): number[] {
  const cells = counts.length;
  const observed = [...counts.keys()].filter((cell) => counts[cell] > 0);
  const sigma = scottWidth(observed, observed.map((cell) => counts[cell]));
  const kernels = [
    ...observed.map((cell) => ({ centre: cell, sigma, weight: counts[cell] })),
    { centre: (cells - 1) / 2, sigma: cells, weight: 1 },
  ];
  const total = kernels.reduce((sum, { weight }) => sum + weight, 0);
  const density = new Array(cells).fill(0);
  for (const { centre, sigma, weight } of kernels) {
    const mass = (from: number, to: number) => normalMass((from - centre) / sigma, (to - centre) / sigma);
    const inside = mass(-0.5, cells - 0.5);
    for (let cell = 0; cell < cells; cell++) density[cell] += weight / total * mass(cell - 0.5, cell + 0.5) / inside;
  }
  return density;
}

/** Probability of each choice: every observed one makes a kernel that keeps a little weight on all others. */
function choiceDensity(counts: readonly number[]): number[] {
  const observed = [...counts.keys()].filter((choice) => counts[choice] > 0);
  const rest = 1 / (observed.length + 1);
  const total = counts.reduce((sum, count) => sum + count, 1);
  const row = 1 + rest * counts.length;
  return counts.map((_, choice) => {
    const kernels = observed.map((seen) => counts[seen] / total * ((seen === choice ? 1 : 0) + rest) / row);
    return kernels.reduce((sum, share) => sum + share, 1 / total / counts.length);
  });
}

/** 0.5 / 1.64 at least, so that 90 % of a kernel fit into its cell. */
const NARROWEST = 0.5 / 1.64;

function scottWidth(observed: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = observed.reduce((sum, at, i) => sum + at * weights[i], 0) / total;
  const squares = observed.reduce((sum, at, i) => sum + (at - mean) ** 2 * weights[i], 0);
  const deviation = Math.sqrt(squares / Math.max(1, total - 1));
  let sum = 0;
  const cumulative = weights.map((weight) => sum += weight);
  // The quartiles are whole counts, as Optuna takes them.
  const first = cumulative.findIndex((count) => count >= Math.floor(total / 4));
  const third = cumulative.findIndex((count) => count > Math.floor(total * 3 / 4));
  const range = observed.at(third < 0 ? -1 : third)! - observed[first];
  return Math.max(NARROWEST, 1.059 * Math.min(range / 1.34, deviation) * total ** -0.2);
}
