import { expect } from "expect";
import { medianPruner, type Trial } from "../mod.ts";
import goldens from "../goldens/pruners.json" with { type: "json" };

// Decisions of Optuna 5.0.0 on tables of reported values.

type Golden = typeof goldens[number] & { fail?: number[] | null };

/** Plays a table: trial after trial, or one step of every unfinished trial in turn. */
function play(golden: Golden) {
  const { n_startup_trials: startupTrials, n_warmup_steps: warmupSteps } = golden.args as Record<string, number>;
  const pruner = medianPruner({ startupTrials, warmupSteps });
  const table = golden.table.map((row) => row.map((value) => value === "NaN" ? NaN : value as number | null));
  const trials: Trial[] = [];
  const decisions: [number, boolean][][] = table.map(() => []);
  const begin = (number: number) => {
    trials[number] = { number, state: "running", value: null, params: {}, intermediate: new Map() };
  };
  const report = (i: number, j: number) => {
    const trial = trials[i], value = table[i][j];
    if (value === null || trial.state !== "running") return;
    trial.intermediate.set(golden.steps[j], value);
    const direction = golden.direction as "minimize" | "maximize";
    const prune = pruner({ trials: trials.filter(Boolean), trial, direction });
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
  return { decisions, states: trials.map((trial) => trial.state.toUpperCase()) };
}

for (const golden of goldens as Golden[]) {
  Deno.test(`medianPruner() decides as Optuna: ${golden.id}`, () => {
    const { decisions, states } = play(golden);
    expect(decisions).toEqual(golden.decisions_step_prune);
    expect(states).toEqual(golden.final_state);
  });
}
