// TPE against random search, and against Optuna's TPE where Python has it: deno task bench --only sweep-search
import { fileURLToPath } from "node:url";
import { randomStream } from "../lib/random/mod.ts";
import {
  bestTrial,
  gridOf,
  type ParamValue,
  randomSampler,
  type Sampler,
  tpeSampler,
  type Trial,
} from "../lib/sweep/mod.ts";
import type { BenchRow } from "./bench_row.ts";
import { FUNCTIONS, type SweepProblem, tableProblem } from "./sweep_problems.ts";
import { type SweepTable, tableSpace } from "./sweep_table.ts";

/** Options of {@linkcode sweepSearchBench}. */
export interface SweepSearchOptions {
  /** A Python with optuna; its rows are left out where it has none. */
  python?: string;
  /** @default {60} */
  trials?: number;
  /** @default {20} */
  seeds?: number;
  onProgress?: (line: string) => void;
}

const TABLE = fileURLToPath(new URL("./sweep_table.json", import.meta.url));
const PEER = fileURLToPath(new URL("./peers/sweep_optuna.py", import.meta.url));

/**
 * The median over the seeds of the best value after so many trials, on five functions and on one table of measured
 * trainings; beside that of random search and of Optuna.
 */
export async function sweepSearchBench(options: SweepSearchOptions = {}): Promise<BenchRow[]> {
  const { python, trials = 60, seeds = 20, onProgress } = options;
  const table = await wholeTable();
  if (!table) onProgress?.("sweep: bench/sweep_table.json isn't whole; bench/sweep_table.ts makes it");
  const problems = [...FUNCTIONS, ...table ? [tableProblem(table)] : []];
  const rows: BenchRow[] = [];
  for (const problem of problems) {
    onProgress?.(`sweep ${problem.name}: ${seeds} searches of ${trials} trials by each`);
    const ours = bestBySeed(problem, { sampler: tpeSampler(), trials, seeds });
    const random = bestBySeed(problem, { sampler: randomSampler, trials, seeds });
    rows.push(row(problem, { ours, theirs: random, peer: "random search", trials }));
    const optuna = await optunaBest(python, { problem: problem.name.split(/[ ,]/)[0], trials, seeds });
    if (optuna) rows.push(row(problem, { ours, theirs: optuna.best, peer: `optuna TPE ${optuna.version}`, trials }));
  }
  return rows;
}

/** The best value that a sampler finds from each seed. */
export function bestBySeed(
  { space, direction, value }: SweepProblem,
  { sampler, trials, seeds }: { sampler: Sampler; trials: number; seeds: number },
): number[] {
  return Array.from({ length: seeds }, (_, seed) => {
    const done: Trial[] = [];
    for (let number = 0; number < trials; number++) {
      const params = sampler({
        space,
        trials: done,
        direction,
        number,
        stream: randomStream(seed, `trial/${number}`),
      })!;
      done.push(finished(number, params, value(params)));
    }
    return bestTrial(done, direction)!.value!;
  });
}

function finished(number: number, params: Record<string, ParamValue>, value: number): Trial {
  return { number, state: "complete", value, params, intermediate: new Map() };
}

/** How far both stay behind the best value that there is, by the median of the seeds; above 1 ours stays behind less. */
function row(
  { name, optimum, direction }: SweepProblem,
  of: { ours: number[]; theirs: number[]; peer: string; trials: number },
): BenchRow {
  const sign = direction === "minimize" ? 1 : -1;
  const [ours, theirs] = [of.ours, of.theirs].map((best) => best.map((value) => Math.max(0, sign * (value - optimum))));
  const ratioOf = (a: readonly number[], b: readonly number[]) => {
    const [first, second] = [median(a), median(b)];
    return first > 0 ? second / first : second > 0 ? Infinity : 1;
  };
  const ratio = ratioOf(ours, theirs);
  const [low, high] = ratioInterval(ours, theirs, ratioOf);
  const interval = `ratio 95 % ${low.toFixed(2)} to ${Number.isFinite(high) ? high.toFixed(2) : "any"}`;
  return {
    bench: "sweep",
    model: name,
    setting: `${of.trials} trials, median of ${ours.length} seeds; ${interval}`,
    threads: 1,
    ...{ peer: of.peer, ours: median(ours), theirs: median(theirs), ratio: Number.isFinite(ratio) ? ratio : null },
    unit: "from the optimum",
  };
}

const RESAMPLES = 4000;

/** What luck with the seeds does to the ratio: the percentile bootstrap over the seeds of both (Efron and Tibshirani 1993). */
function ratioInterval(
  ours: readonly number[],
  theirs: readonly number[],
  ratioOf: (a: readonly number[], b: readonly number[]) => number,
): [low: number, high: number] {
  const stream = randomStream(0, "bench/seeds");
  const again = (values: readonly number[]) => values.map(() => values[stream.integer(values.length)]);
  const ratios = Array.from({ length: RESAMPLES }, () => ratioOf(again(ours), again(theirs))).toSorted((a, b) => a - b);
  return [ratios[Math.floor(0.025 * RESAMPLES)], ratios[Math.ceil(0.975 * RESAMPLES) - 1]]; // infinite ones sort, too
}

/** The measured table; nothing where a setting of its grid is missing. */
async function wholeTable(): Promise<SweepTable | undefined> {
  const table: SweepTable | undefined = await Deno.readTextFile(TABLE).then(JSON.parse, () => undefined);
  return table?.settings.length === gridOf(tableSpace).length ? table : undefined;
}

/** Optuna's best values; nothing where this Python has no Optuna. */
async function optunaBest(
  python: string | undefined,
  { problem, trials, seeds }: { problem: string; trials: number; seeds: number },
): Promise<{ version: string; best: number[] } | undefined> {
  if (!python) return undefined;
  const here = await new Deno.Command(python, { args: ["-c", "import optuna"], stderr: "null" }).output()
    .then(({ success }) => success, () => false);
  if (!here) return undefined;
  const known = problem === "log-Mel" ? ["table", "--table", TABLE] : [problem];
  const args = ["-W", "ignore", PEER, ...known, "--trials", `${trials}`, "--seeds", `${seeds}`];
  const { stdout, stderr, success } = await new Deno.Command(python, { args }).output();
  if (!success) throw new Error(`${PEER}: ${new TextDecoder().decode(stderr).trim()}`);
  return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

if (import.meta.main) {
  console.table(await sweepSearchBench({ python: Deno.env.get("AUSCULT_PYTHON"), onProgress: console.error }));
}
