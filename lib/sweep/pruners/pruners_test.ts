import { expect } from "expect";
import {
  hyperbandPruner,
  medianPruner,
  patiencePruner,
  percentilePruner,
  type Pruner,
  successiveHalvingPruner,
  type Trial,
} from "../mod.ts";
import brackets from "../goldens/brackets_and_patience.json" with { type: "json" };
import others from "../goldens/pruners.json" with { type: "json" };

// Decisions of Optuna 5.0.0 on tables of reported values.

interface Golden {
  id: string;
  pruner: string;
  args: object;
  /** Hyperband draws brackets by it. */
  study?: string;
  direction: string;
  schedule: string;
  table: (number | string | null)[][];
  steps: number[];
  fail?: number[] | null;
  decisions_step_prune: unknown;
  final_state: string[];
  rungs?: unknown;
}

const goldens: Golden[] = [...others, ...brackets];

function prunerOf({ pruner, args, study }: Golden): Pruner {
  if (pruner === "patience") {
    const { patience, min_delta, wrapped } = args as { patience: number; min_delta?: number; wrapped?: Golden["args"] };
    const inner = wrapped && prunerOf({ pruner: "median", args: wrapped } as Golden);
    return patiencePruner({ patience, minDelta: min_delta, pruner: inner });
  }
  const given = args as Record<string, number>;
  const options = {
    startupTrials: given.n_startup_trials,
    warmupSteps: given.n_warmup_steps,
    intervalSteps: given.interval_steps,
    minTrials: given.n_min_trials,
  };
  if (pruner === "median") return medianPruner(options);
  if (pruner === "percentile") return percentilePruner(given.percentile, options);
  const halving = {
    minResource: given.min_resource,
    reductionFactor: given.reduction_factor,
    bootstrapCount: given.bootstrap_count,
  };
  if (pruner === "hyperband") return hyperbandPruner({ study: study!, maxResource: given.max_resource, ...halving });
  return successiveHalvingPruner({ ...halving, minEarlyStoppingRate: given.min_early_stopping_rate });
}

/** Plays a table: trial after trial, or one step of every unfinished trial in turn. */
function play(golden: Golden) {
  const pruner = prunerOf(golden);
  const table = golden.table.map((row) => row.map((value) => value === "NaN" ? NaN : value as number | null));
  const trials: Trial[] = [];
  const decisions: [number, boolean][][] = table.map(() => []);
  const begin = (number: number) => {
    trials[number] = { number, state: "running", value: null, params: {}, intermediate: new Map(), rungs: new Map() };
  };
  const report = (i: number, j: number) => {
    const trial = trials[i], value = table[i][j];
    if (value === null || trial.state !== "running") return;
    trial.intermediate.set(golden.steps[j], value);
    const context = { trials: trials.filter(Boolean), trial, direction: golden.direction as "minimize" | "maximize" };
    const { prune, rungs = [] } = pruner(context);
    for (const [rung, reached] of rungs) trial.rungs.set(rung, reached);
    decisions[i].push([golden.steps[j], prune]);
    if (prune) trial.state = "pruned";
  };
  const finish = (i: number) => {
    if (trials[i].state !== "running") return;
    const last = table[i].findLast((value) => value !== null)!;
    trials[i].state = (golden.fail ?? []).includes(i) || Number.isNaN(last) ? "fail" : "complete";
  };
  if (golden.schedule === "sequential") {
    table.forEach((row, i) => {
      begin(i);
      row.forEach((_, j) => report(i, j));
      finish(i);
    });
  } else {
    table.forEach((_, i) => begin(i));
    for (let j = 0; j < golden.steps.length; j++) {
      table.forEach((row, i) => {
        if (j < row.length) report(i, j);
        if (j === row.length - 1) finish(i);
      });
    }
  }
  return { decisions, states: trials.map((trial) => trial.state.toUpperCase()), trials };
}

for (const golden of goldens) {
  Deno.test(`${golden.pruner} pruner decides as Optuna: ${golden.id}`, () => {
    const { decisions, states, trials } = play(golden);
    expect(decisions).toEqual(golden.decisions_step_prune);
    expect(states).toEqual(golden.final_state);
    if (!golden.rungs) return;
    const rungs = trials.map((trial) =>
      Object.fromEntries([...trial.rungs].map(([rung, value]) => [`completed_rung_${rung}`, value]))
    );
    expect(rungs).toEqual(golden.rungs);
  });
}
