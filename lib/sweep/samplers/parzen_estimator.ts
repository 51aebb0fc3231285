import type { Dimension } from "../../experiment/describe/search_space.ts";
import type { RandomStream } from "../../random/mod.ts";
import type { ParamValue } from "../trial.ts";
import { pointOf, searchRange, valueAt } from "./unit_interval.ts";
import { normalCdf } from "../../statistics/mod.ts";

/**
 * The multivariate Parzen estimator of Watanabe 2023 ("Tree-structured Parzen estimator: understanding its algorithm
 * components"), with the choices of Optuna 5: each kernel is a product over the dimensions, of truncated normal densities as
 * wide as the way to the neighbours (Bergstra et al. 2011, section 4.2), and of categorical ones that keep some weight on
 * every other choice.
 */
export function parzenEstimator(
  dimensions: readonly [string, Dimension][],
  observations: readonly Record<string, ParamValue>[],
  weights: readonly number[],
) {
  const n = observations.length;
  const columns = dimensions.map(([name, dimension]) => ({
    name,
    kernel: dimension.kind === "categorical"
      ? categoricalKernel(dimension.choices, observations.map((params) => params[name]))
      : normalKernel(dimension, observations.map((params) => params[name] as number)),
  }));
  const mixture = normalised([...weights, 1]); // the prior counts as one observation
  const logMixture = mixture.map(Math.log);
  return {
    sample(stream: RandomStream): Record<string, ParamValue> {
      const component = draw(mixture, stream);
      return Object.fromEntries(columns.map(({ name, kernel }) => [name, kernel.sample(component, stream)]));
    },
    logDensity(params: Record<string, ParamValue>): number {
      const logs = Float64Array.from(logMixture);
      for (const { name, kernel } of columns) kernel.addLogDensity(params[name], logs);
      return logSumExp(logs, n + 1);
    },
  };
}

/** The densities of one dimension; component `n`, after the observations, is the prior. */
interface Kernel {
  sample(component: number, stream: RandomStream): ParamValue;
  /** Adds the logarithm of every component's density at a value. */
  addLogDensity(value: ParamValue, logs: Float64Array): void;
}

function normalKernel(dimension: Exclude<Dimension, { kind: "categorical" }>, observed: readonly number[]): Kernel {
  const [low, high] = searchRange(dimension);
  const centres = Float64Array.of(...observed.map((value) => pointOf(dimension, value)), (low + high) / 2);
  const sigmas = kernelWidths(centres, [low, high]);
  const masses = centres.map((centre, i) => normalMass((low - centre) / sigmas[i], (high - centre) / sigmas[i]));
  const constants = sigmas.map((sigma, i) => -Math.log(sigma * Math.sqrt(2 * Math.PI) * masses[i]));
  const { step } = dimension;
  return {
    sample(component, stream) {
      for (let tries = 0; tries < 100; tries++) {
        const point = centres[component] + sigmas[component] * stream.normal();
        if (point >= low && point <= high) return valueAt(dimension, point);
      }
      return valueAt(dimension, stream.uniform(low, high)); // a centre at the very edge of a narrow range
    },
    addLogDensity(value, logs) {
      if (step === null) {
        const point = pointOf(dimension, value as number);
        for (let i = 0; i < logs.length; i++) {
          const z = (point - centres[i]) / sigmas[i];
          logs[i] += constants[i] - 0.5 * z * z;
        }
        return;
      }
      // A stepped dimension has the mass of its step instead of a density.
      const edge = (at: number) => dimension.log ? Math.log(at) : at;
      const from = Math.max(low, edge(value as number - step / 2)),
        to = Math.min(high, edge(value as number + step / 2));
      for (let i = 0; i < logs.length; i++) {
        const mass = normalMass((from - centres[i]) / sigmas[i], (to - centres[i]) / sigmas[i]);
        logs[i] += Math.log(Math.max(1e-300, mass / masses[i]));
      }
    },
  };
}

/**
 * Width of each kernel: the larger of the ways to its two neighbours, the ends of the range being neighbours of nobody; at
 * most the range, and not below a share of it that shrinks with the number of kernels ("magic clipping", Watanabe 2023).
 * The last centre is the prior's: it is as wide as the range, and nobody's neighbour.
 */
function kernelWidths(centres: Float64Array, [low, high]: [number, number]): Float64Array {
  const range = high - low || 1;
  const n = centres.length - 1;
  const widths = new Float64Array(n + 1).fill(range);
  const order = [...centres.keys()].slice(0, n).sort((a, b) => centres[a] - centres[b]);
  const least = range / Math.min(100, 2 + n);
  order.forEach((at, rank) => {
    const before = rank > 0 ? centres[at] - centres[order[rank - 1]] : n > 1 ? 0 : centres[at] - low;
    const after = rank < n - 1 ? centres[order[rank + 1]] - centres[at] : n > 1 ? 0 : high - centres[at];
    widths[at] = Math.min(range, Math.max(least, before, after));
  });
  return widths;
}

function categoricalKernel(choices: readonly ParamValue[], observed: readonly ParamValue[]): Kernel {
  // One prior observation is spread over all kernels (Bergstra et al. 2011, section 4.3).
  const rest = 1 / (observed.length + 1);
  const total = 1 + rest * choices.length;
  const [seenLog, otherLog, priorLog] = [(1 + rest) / total, rest / total, 1 / choices.length].map(Math.log);
  return {
    sample(component, stream) {
      const seen = component < observed.length ? observed[component] : undefined;
      const weights = choices.map((choice) => (seen !== undefined && choice === seen ? 1 : 0) + rest);
      return choices[draw(normalised(weights), stream)];
    },
    addLogDensity(value, logs) {
      for (let i = 0; i < observed.length; i++) logs[i] += observed[i] === value ? seenLog : otherLog;
      logs[observed.length] += priorLog;
    },
  };
}

function draw(shares: readonly number[], stream: RandomStream): number {
  let rest = stream.uniform();
  for (let i = 0; i < shares.length; i++) {
    rest -= shares[i];
    if (rest < 0) return i;
  }
  return shares.length - 1;
}

function normalised(weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
}

function logSumExp(values: Float64Array, count: number): number {
  let largest = -Infinity, sum = 0;
  for (let i = 0; i < count; i++) largest = Math.max(largest, values[i]);
  for (let i = 0; i < count; i++) sum += Math.exp(values[i] - largest);
  return largest + Math.log(sum);
}

/** Share of the standard normal distribution between two points, from the nearer tail. */
export function normalMass(from: number, to: number): number {
  return from > 0 ? normalCdf(-from) - normalCdf(-to) : normalCdf(to) - normalCdf(from);
}
