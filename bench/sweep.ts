// TPE against random search, and against Optuna's TPE where Python has it: deno task bench --only sweep
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

/** Options of {@linkcode sweepBench}. */
export interface SweepBenchOptions {
  /** A Python with optuna; its rows are left out where it has none. */
  python?: string;
  /** @default {60} */
  trials?: number;
  /** @default {20} */
  seeds?: number;
  onProgress?: (line: string) => void;
}

const TABLE = new URL("./sweep_table.json", import.meta.url).pathname;
const PEER = new URL("./peers/sweep_optuna.py", import.meta.url).pathname;

/**
 * The median over the seeds of the best value after so many trials, on five functions and on one table of measured
 * trainings; beside that of random search and of Optuna.
 */
export async function sweepBench(options: SweepBenchOptions = {}): Promise<BenchRow[]> {
  const { python, trials = 60, seeds = 20, onProgress } = options;
  const table = await wholeTable();
  if (!table) onProgress?.("sweep: bench/sweep_table.json isn't whole; bench/sweep_table.ts makes it");
  const problems = [...FUNCTIONS, ...table ? [tableProblem(table)] : []];
  onProgress?.(`sweep: Optuna, ${problems.length} problems, ${seeds} seeds`);
  const optuna = await optunaBest(python, { trials, seeds, table: table !== undefined });
  return problems.flatMap((problem, i) => {
    onProgress?.(`sweep ${problem.name}`);
    const ours = median(bestBySeed(problem, { sampler: tpeSampler(), trials, seeds }));
    const random = median(bestBySeed(problem, { sampler: randomSampler, trials, seeds }));
    const rows = [row(problem, { ours, theirs: random, peer: "random search", trials, seeds })];
    if (optuna) {
      const theirs = median(optuna.best[i]);
      rows.push(row(problem, { ours, theirs, peer: `optuna TPE ${optuna.version}`, trials, seeds }));
    }
    return rows;
  });
}

/** The best value that a sampler finds from each seed. */
export function bestBySeed(
  { space, direction, value }: SweepProblem,
  { sampler, trials, seeds }: { sampler: Sampler; trials: number; seeds: number },
): number[] {
  return Array.from({ length: seeds }, (_, seed) => {
    const done: Trial[] = [];
    for (let number = 0; number < trials; number++) {
      const params = sampler({ space, trials: done, direction, number, stream: randomStream(seed, `trial/${number}`) });
      done.push(finished(number, params, value(params)));
    }
    return bestTrial(done, direction)!.value!;
  });
}

function finished(number: number, params: Record<string, ParamValue>, value: number): Trial {
  return { number, state: "complete", value, params, intermediate: new Map(), rungs: new Map() };
}

/** How far both stay behind the best value that there is; above 1 ours stays behind less. */
function row(
  { name, optimum, direction }: SweepProblem,
  of: { ours: number; theirs: number; peer: string; trials: number; seeds: number },
): BenchRow {
  const sign = direction === "minimize" ? 1 : -1;
  const [ours, theirs] = [of.ours, of.theirs].map((value) => sign * (value - optimum));
  return {
    bench: "sweep",
    model: name,
    setting: `${of.trials} trials, median of ${of.seeds} seeds`,
    threads: 1,
    ...{ peer: of.peer, ours, theirs, ratio: ours > 0 ? theirs / ours : theirs > 0 ? null : 1 },
    unit: "from the optimum",
  };
}

/** The measured table; nothing where a setting of its grid is missing. */
async function wholeTable(): Promise<SweepTable | undefined> {
  const table: SweepTable | undefined = await Deno.readTextFile(TABLE).then(JSON.parse, () => undefined);
  return table?.settings.length === gridOf(tableSpace).length ? table : undefined;
}

async function optunaBest(
  python: string | undefined,
  { trials, seeds, table }: { trials: number; seeds: number; table: boolean },
): Promise<{ version: string; best: number[][] } | undefined> {
  if (!python) return undefined;
  const here = await new Deno.Command(python, { args: ["-c", "import optuna"], stderr: "null" }).output()
    .then(({ success }) => success, () => false);
  if (!here) return undefined;
  const args = [
    "-W",
    "ignore",
    PEER,
    "--trials",
    `${trials}`,
    "--seeds",
    `${seeds}`,
    ...table ? ["--table", TABLE] : [],
  ];
  const { stdout, stderr, success } = await new Deno.Command(python, { args }).output();
  if (!success) throw new Error(`${PEER}: ${new TextDecoder().decode(stderr).trim()}`);
  return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
