import type { Experiment } from "../../experiment/mod.ts";
import { listRuns, referenceKinds, type Run } from "../../runs/mod.ts";
import { countedApart, headlineScores, scoreKey, scoresByUnit } from "../../scores/mod.ts";
import { figure, highestFloor, protocolName, withInterval } from "./cells.ts";

/** Columns of {@linkcode runRows}. */
export const runColumns = [
  ...["experiment and score", "task", "protocol", "subjects", "value (95 % interval)", "mean over sources"],
  ...["highest floor", "references", "training"],
];

/** A row a score of the latest complete run of an experiment under each protocol. */
export async function runRows(results: string, experiment: string): Promise<string[][]> {
  return (await Promise.all((await resultsOf(results, experiment)).map(rowsOf))).flat();
}

/** Budgets that tell whether an experiment works, not how well. */
const TRIALS = /\bbudget=(quick|smoke)\b/;

/** The latest complete run of an experiment under each task, protocol with what else was set, and policy on leaks. */
async function resultsOf(results: string, name: string): Promise<Run[]> {
  const found = new Map<string, Run>();
  for (const run of await listRuns(results, name)) {
    if (!await run.has("status.json") || !await run.has("metrics.json")) continue;
    if ((await run.status()).state !== "complete") continue;
    const config = await run.config(), { dataset, evaluation: { leaks = "refuse" } } = config.experiment;
    const key = JSON.stringify([dataset, protocolName(config), leaks]);
    if (!TRIALS.test(config.command) && !found.has(key)) found.set(key, run);
  }
  return [...found.values()];
}

async function rowsOf(run: Run): Promise<string[][]> {
  const config = await run.config(), { name, experiment, references, engine } = config;
  const { total } = await run.data();
  const { seconds } = await run.status();
  const { machine } = await run.environment();
  const metrics = await run.metrics();
  const { dataset, evaluation } = experiment as unknown as Pick<Experiment, "dataset" | "evaluation">;
  const official = evaluation.scores.length > 0 ? evaluation.scores.map(scoreKey) : headlineScores.slice(0, 2);
  // What networks were chosen by as well: to another source a ranking may carry where a threshold doesn't.
  const ranking = evaluation.protocol.kind === "leave-one-source-out" ? [scoreKey(evaluation.monitor)] : [];
  const { pooled, sourceMean } = metrics.parts.test, all = scoresByUnit(pooled, evaluation.unit);
  // At the shares of the whole published set, where a score hangs on them: parts of it compare by that.
  const shown = official.flatMap((score) => [score, `${score}/whole`]);
  return [...new Set([...shown, ...ranking])].flatMap((score) => {
    const { [score]: found } = all, { [score]: mean } = sourceMean;
    if (!found) return [];
    const compared = references.filter((one) => one.score === score).map(({ kind, value, spread, what }) =>
      `${referenceKinds[kind]} ${figure(value)}${spread ? ` ± ${spread}` : ""} (${what})`
    );
    const cells = [
      `${name}: ${score}`,
      `${dataset.name} ${dataset.task}`,
      protocolName(config) + (metrics.leaks?.length ? ", **with a leak**" : ""),
      String(total.subjects),
      `${withInterval(found)}, by ${found.unit}`,
      mean ? withInterval(mean) + countedApart(mean, found) : "-",
      highestFloor(found),
      compared.join("; ") || "none",
      config.joined
        ? config.title
        : `${Math.round(seconds / 60)} min, ${engine.name}, ${engine.threads} of ${machine.cores} cores`,
    ];
    return [cells];
  });
}
