import { float, type SearchSpace } from "../lib/experiment/mod.ts";
import { type ParamValue } from "../lib/sweep/mod.ts";
import { type SweepTable, tableSpace } from "./sweep_table.ts";

/** A search whose answer is known. */
export interface SweepProblem {
  name: string;
  space: SearchSpace;
  direction: "minimize" | "maximize";
  /** The best value that there is. */
  optimum: number;
  value(params: Record<string, ParamValue>): number;
}

/** Functions that optimisers are compared on (Surjanovic and Bingham 2013, Virtual Library of Simulation Experiments). */
export const FUNCTIONS: SweepProblem[] = [
  problem("sphere, 5 dimensions", cube(5, -5.12, 5.12), 0, (x) => x.reduce((sum, xi) => sum + xi * xi, 0)),
  problem("Branin", { x0: float(-5, 10), x1: float(0, 15) }, 0.397887, ([x, y]) => {
    const [a, b, t] = [5.1 / (4 * Math.PI ** 2), 5 / Math.PI, 1 / (8 * Math.PI)];
    return (y - a * x * x + b * x - 6) ** 2 + 10 * (1 - t) * Math.cos(x) + 10;
  }),
  problem(
    "Rosenbrock, 3 dimensions",
    cube(3, -2.048, 2.048),
    0,
    (x) => x.slice(1).reduce((sum, next, i) => sum + 100 * (next - x[i] ** 2) ** 2 + (1 - x[i]) ** 2, 0),
  ),
  problem("Ackley, 4 dimensions", cube(4, -32.768, 32.768), 0, (x) => {
    const mean = (of: (xi: number) => number) => x.reduce((sum, xi) => sum + of(xi), 0) / x.length;
    const waves = Math.exp(mean((xi) => Math.cos(2 * Math.PI * xi)));
    return 20 + Math.E - 20 * Math.exp(-0.2 * Math.sqrt(mean((xi) => xi * xi))) - waves;
  }),
  problem("Hartmann, 6 dimensions", cube(6, 0, 1), -3.32237, hartmann),
];

/** The measured table: a value for each setting of its grid. */
export function tableProblem({ settings }: SweepTable): SweepProblem {
  const key = (params: Record<string, ParamValue>) => Object.keys(tableSpace).map((name) => params[name]).join();
  const values = new Map(settings.map(({ params, value }) => [key(params), value]));
  return {
    name: `log-Mel table, ${settings.length} settings`,
    space: tableSpace,
    direction: "maximize",
    optimum: Math.max(...values.values()),
    value: (params) => values.get(key(params))!,
  };
}

function problem(name: string, space: SearchSpace, optimum: number, of: (x: number[]) => number): SweepProblem {
  return { name, space, direction: "minimize", optimum, value: (params) => of(Object.values(params).map(Number)) };
}

function cube(dimensions: number, low: number, high: number): SearchSpace {
  return Object.fromEntries(Array.from({ length: dimensions }, (_, i) => [`x${i}`, float(low, high)]));
}

function hartmann(x: number[]): number {
  const alpha = [1, 1.2, 3, 3.2];
  const a = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [
    17,
    8,
    0.05,
    10,
    0.1,
    14,
  ]];
  const p = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
    [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
    [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
  ];
  const inner = (i: number) => x.reduce((sum, xj, j) => sum + a[i][j] * (xj - p[i][j]) ** 2, 0);
  return -alpha.reduce((sum, weight, i) => sum + weight * Math.exp(-inner(i)), 0);
}
