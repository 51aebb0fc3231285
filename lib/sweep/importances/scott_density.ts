import { normalMass } from "../normal_mass.ts";

/**
 * Probability of each cell of a grid of `counts.length` cells, estimated from how many observations lie in each: normal
 * kernels cut at both ends, their width by Scott's rule (Scott 1992, 1.059 min(IQR / 1.34, sd) n^(-1/5)), and one wide kernel
 * that counts as one observation.
 */
export function scottDensity(counts: readonly number[]): number[] {
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
export function choiceDensity(counts: readonly number[]): number[] {
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
