import type { Dimension } from "../../experiment/search_space.ts";
import type { RandomStream } from "../../random/mod.ts";
import type { ParamValue } from "../trial.ts";
import { pointOf, searchRange, valueAt } from "./unit_interval.ts";

/** A density over settings: a weighted sum of kernels, one an observation and one for the prior. */
export interface ParzenEstimator {
  sample(stream: RandomStream): Record<string, ParamValue>;
  logDensity(params: Record<string, ParamValue>): number;
}

/**
 * The multivariate Parzen estimator of Watanabe 2023 ("Tree-structured Parzen estimator: understanding its algorithm
 * components"): each kernel is a product over the dimensions, of truncated normal densities whose width shrinks as
 * `n^(-1 / (d + 4))` (Scott's rule), and of categorical ones that keep some weight on every other choice.
 */
export function parzenEstimator(
  dimensions: readonly [string, Dimension][],
  observations: readonly Record<string, ParamValue>[],
  weights: readonly number[],
): ParzenEstimator {
  const n = observations.length;
  const columns = dimensions.map(([name, dimension]) => ({
    name,
    kernel: dimension.kind === "categorical"
      ? categoricalKernel(dimension.choices, observations.map((params) => params[name]))
      : normalKernel(dimension, observations.map((params) => params[name] as number), dimensions.length),
  }));
  const mixture = normalised([...weights, 1]); // the prior counts as one observation
  return {
    sample(stream) {
      const component = draw(mixture, stream);
      return Object.fromEntries(columns.map(({ name, kernel }) => [name, kernel.sample(component, stream)]));
    },
    logDensity(params) {
      const logs = Array.from(
        { length: n + 1 },
        (_, component) =>
          columns.reduce(
            (sum, { name, kernel }) => sum + kernel.logDensity(component, params[name]),
            Math.log(mixture[component]),
          ),
      );
      return logSumExp(logs);
    },
  };
}

/** The densities of one dimension; component `n`, after the observations, is the prior. */
interface Kernel {
  sample(component: number, stream: RandomStream): ParamValue;
  logDensity(component: number, value: ParamValue): number;
}

const WIDTH = 0.2; // share of the range that a kernel covers when there is one observation

function normalKernel(
  dimension: Exclude<Dimension, { kind: "categorical" }>,
  observed: readonly number[],
  count: number,
): Kernel {
  const [low, high] = searchRange(dimension);
  const range = high - low || 1;
  const n = observed.length;
  const scott = WIDTH * Math.max(n, 1) ** (-1 / (count + 4)) * range;
  const sigma = Math.min(range, Math.max(scott, range / Math.min(100, 1 + n)));
  const centres = [...observed.map((value) => pointOf(dimension, value)), (low + high) / 2];
  const sigmas = centres.map((_, i) => i === n ? range : sigma);
  // A stepped dimension has the mass of its step instead of a density.
  const { step } = dimension;
  const masses = centres.map((centre, i) => normalMass((low - centre) / sigmas[i], (high - centre) / sigmas[i]));
  return {
    sample(component, stream) {
      for (let tries = 0; tries < 100; tries++) {
        const point = centres[component] + sigmas[component] * stream.normal();
        if (point >= low && point <= high) return valueAt(dimension, point);
      }
      return valueAt(dimension, stream.uniform(low, high)); // a centre at the very edge of a narrow range
    },
    logDensity(component, value) {
      const [centre, width] = [centres[component], sigmas[component]];
      if (step === null) {
        const z = (pointOf(dimension, value as number) - centre) / width;
        return -0.5 * z * z - Math.log(width * Math.sqrt(2 * Math.PI)) - Math.log(masses[component]);
      }
      const at = value as number;
      const edges = [at - step / 2, at + step / 2].map((edge) => dimension.log ? Math.log(edge) : edge);
      const [from, to] = [Math.max(low, edges[0]), Math.min(high, edges[1])];
      return Math.log(Math.max(1e-300, normalMass((from - centre) / width, (to - centre) / width) / masses[component]));
    },
  };
}

function categoricalKernel(choices: readonly ParamValue[], observed: readonly ParamValue[]): Kernel {
  const n = observed.length;
  // One prior observation is spread over the choices in each kernel (Bergstra et al. 2011, section 4.3).
  const rows = [...observed, undefined].map((seen) =>
    normalised(choices.map((choice) => (seen !== undefined && choice === seen ? 1 : 0) + 1 / (n + 1) / choices.length))
  );
  return {
    sample: (component, stream) => choices[draw(rows[component], stream)],
    logDensity: (component, value) => Math.log(rows[component][choices.indexOf(value)]),
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

function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

/** Share of the standard normal distribution between two points; through the nearer tail, for accuracy. */
function normalMass(from: number, to: number): number {
  return from > 0 ? upperTail(from) - upperTail(to) : upperTail(-to) - upperTail(-from);
}

/** `1 - Phi(z)` by the rational approximation of erfc in Numerical Recipes (Press et al. 1992), error below 1.2e-7. */
function upperTail(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const coefficients = [
    0.17087277,
    -0.82215223,
    1.48851587,
    -1.13520398,
    0.27886807,
    -0.18628806,
    0.09678418,
    0.37409196,
    1.00002368,
    -1.26551223,
  ];
  const half = t * Math.exp(-x * x + coefficients.reduce((sum, c) => sum * t + c, 0)) / 2;
  return z >= 0 ? half : 1 - half;
}
