import { join } from "node:path";
import { headlineScores, type Score, scoreKey, scoresByUnit } from "../scores/mod.ts";
import type { Experiment } from "../experiment/mod.ts";
import { markdownTable, writeAtomic } from "../files/mod.ts";
import { listRuns, referenceKinds, type Run } from "../runs/mod.ts";

const README = join("experiments", "README.md");
const [FROM, TO] = ["<!-- results -->", "<!-- /results -->"];

/**
 * Sets the table of `experiments/README.md` from run folders. A row whose run isn't among them stays as it is: runs take
 * hours, and nobody has all of them in one folder.
 *
 * @returns the number of rows that these runs gave.
 */
export async function writeResultsTable(results: string, readme = README): Promise<number> {
  const text = await Deno.readTextFile(readme);
  const start = text.indexOf(FROM) + FROM.length, end = text.indexOf(TO);
  const earlier = rowsIn(text.slice(start, end));
  const names = [...await experimentNames("heart"), ...await experimentNames("lung")];
  const rows: string[][] = [];
  let given = 0;
  for (const name of names) {
    const own = (await Promise.all((await resultsOf(results, name)).map(rowsOf))).flat();
    const told = new Set(own.map(figureOf));
    const kept = earlier.filter((row) => row[0].startsWith(`${name}: `) && !told.has(figureOf(row)));
    rows.push(...own, ...kept);
    given += own.length;
  }
  const header = ["experiment and score", "task", "protocol", "subjects", "value (95 % interval)", "mean over sources"];
  const table = markdownTable([...header, "highest floor", "references", "training"], rows);
  await writeAtomic(readme, `${text.slice(0, start)}\n\n${table}\n\n${text.slice(end)}`);
  return given;
}

/** What a row is a figure of: experiment and score, task, protocol. */
function figureOf(row: readonly string[]): string {
  return JSON.stringify(row.slice(0, 3));
}

/** The cells of a table's rows, without its head. */
function rowsIn(table: string): string[][] {
  return table.split("\n").filter((line) => line.startsWith("|")).slice(2)
    .map((line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim()));
}

async function experimentNames(kind: string): Promise<string[]> {
  const files = await Array.fromAsync(Deno.readDir(join("experiments", kind)));
  return files.map(({ name }) => `${kind}/${name.replace(/\.ts$/, "")}`).toSorted();
}

/** Budgets that tell whether an experiment works, not how well. */
const TRIALS = /\bbudget=(quick|smoke)\b/;

/** The latest complete run of an experiment under each task, protocol and policy on leaks. */
async function resultsOf(results: string, name: string): Promise<Run[]> {
  const found = new Map<string, Run>();
  for (const run of await listRuns(results, name)) {
    if (!await run.has("status.json") || !await run.has("metrics.json")) continue;
    if ((await run.status()).state !== "complete") continue;
    const { experiment, command } = await run.config();
    const { protocol, leaks = "refuse" } = experiment.evaluation;
    const key = JSON.stringify([experiment.dataset, protocol, leaks]);
    if (!TRIALS.test(command) && !found.has(key)) found.set(key, run);
  }
  return [...found.values()];
}

async function rowsOf(run: Run): Promise<string[][]> {
  const { name, experiment, references, engine, seeds } = await run.config();
  const { total } = await run.data();
  const { seconds } = await run.status();
  const { machine } = await run.environment();
  const metrics = await run.metrics();
  const { dataset, evaluation } = experiment as unknown as Pick<Experiment, "dataset" | "evaluation">;
  const official = evaluation.scores.length > 0 ? evaluation.scores.map(scoreKey) : headlineScores.slice(0, 2);
  return official.flatMap((score) => {
    const { [score]: found } = scoresByUnit(metrics.parts.test.pooled, evaluation.unit);
    if (!found) return [];
    const { [score]: mean } = metrics.parts.test.sourceMean;
    const compared = references.filter((one) => one.score === score)
      .map(({ kind, value, spread, what }) =>
        `${referenceKinds[kind]} ${figure(value)}${spread ? ` ± ${spread}` : ""} (${what})`
      );
    const cells = [
      `${name}: ${score}`,
      `${dataset.name} ${dataset.task}`,
      protocolName(evaluation, seeds.length) + (metrics.leaks?.length ? ", **with a leak**" : ""),
      String(total.subjects),
      `${withInterval(found)}, by ${found.unit}`,
      mean ? withInterval(mean) : "-",
      highestFloor(found),
      compared.join("; ") || "none",
      `${Math.round(seconds / 60)} min, ${engine.name}, ${engine.threads} of ${machine.cores} cores`,
    ];
    return [cells];
  });
}

function protocolName({ protocol }: Pick<Experiment["evaluation"], "protocol">, seeds: number): string {
  return `${divided(protocol)}, ${seeds} ${seeds === 1 ? "seed" : "seeds"}`;
}

function divided(protocol: Experiment["evaluation"]["protocol"]): string {
  switch (protocol.kind) {
    case "hold-out":
      return "hold-out";
    case "grouped-folds":
      return `${protocol.folds} folds${protocol.repeats > 1 ? `, ${protocol.repeats} times` : ""}`;
    case "nested":
      return `${protocol.folds} folds with ${protocol.inner} inner`;
    case "leave-one-source-out":
      return `leave one source out${protocol.inner ? ", chosen on each other" : ""}`;
    case "official":
      return `official split, shared subjects: ${protocol.sharedSubjects}`;
  }
}

/** Costs in whole numbers, shares with three digits. */
function figure(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(3);
}

function withInterval({ value, low, high, reason }: Score): string {
  if (value === null) return `none: ${reason}`;
  return low === null || high === null ? figure(value) : `${figure(value)} (${figure(low)}-${figure(high)})`;
}

function highestFloor({ floor, floors }: Score): string {
  const name = Object.entries(floors).find(([, value]) => value === floor)?.[0];
  return floor === null ? "-" : `${figure(floor)} (${name})`;
}
