import { existsSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../../errors/mod.ts";
import { markdownTable, writeAtomic } from "../../files/mod.ts";
import { bestTrial, cancelSlurm, lastStep, openStudy, slurmScript, slurmTasks, submitSlurm } from "../../sweep/mod.ts";
import type { StoredTrial, StudyStorage } from "../../sweep/mod.ts";
import { sweepCommand } from "./sweep_command.ts";
import { checkedName, openSweep, studyFolder, type SweepOptions } from "./sweep_study.ts";

/** Notes of a study under this key and the number of a job say that Slurm runs its workers. */
const JOB = "slurm:";

/** Submits the workers of a sweep as a job array, and keeps its number in the study. */
export async function submitSweep(options: SweepOptions): Promise<void> {
  const folder = studyFolder(options);
  await using storage = await openSweep(options);
  const open = await slurmTasks(jobsOf(await storage.notes()));
  if (open.length > 0) {
    const expected = "a study that Slurm does not work on yet";
    const found = `${open.length} tasks that wait or run, such as ${open[0].id}`;
    const remedy = `see deno task sweep status ${storage.study.name}, or stop`;
    throw new UsageError({ expected, found, where: storage.study.name, remedy });
  }
  const { args, env } = sweepCommand({ storage: options.storage, slurm: true }, ["--as-worker"]);
  const ended = (await storage.trials()).filter(({ endOrder }) => endOrder !== null).length;
  const tasks = Math.min(MOST_TASKS, Math.max(options.workers, options.trials - ended));
  const script = join(folder, "slurm.sh");
  await Deno.mkdir(join(folder, "slurm"), { recursive: true });
  const { workers, partition, time, memory, slurm } = options;
  const text = slurmScript({
    study: storage.study.name,
    command: [Deno.execPath(), ...args],
    ...{ tasks, workers, partition, time, memory, more: slurm },
    folder: Deno.cwd(),
    logs: join(folder, "slurm"),
  });
  await writeAtomic(script, text);
  const job = await submitSlurm(script, env);
  await storage.note(`${JOB}${job}`, `${tasks} tasks, ${workers} at once, ${new Date().toISOString()}`);
  console.log(
    `Slurm job ${job}: ${tasks} tasks, ${workers} at once; what they print goes to ${join(folder, "slurm")}.`,
  );
  const study = `${storage.study.name} --out ${options.out}`;
  console.log(`  deno task sweep status ${study}\n  deno task sweep stop ${study}`);
}

/** Slurm takes arrays of up to 1,001 tasks unless its administrator says otherwise. */
const MOST_TASKS = 1000;

/** In a task of a job array: the tasks that have not begun are not needed any more. */
export async function cancelWaitingTasks(): Promise<void> {
  const job = Deno.env.get("SLURM_ARRAY_JOB_ID");
  if (job) await cancelSlurm([job], { waitingOnly: true });
}

/** A study that is there already. */
export interface NamedStudy {
  study: string;
  out: string;
  storage?: string;
}

function openNamed({ study, out, storage }: NamedStudy): ReturnType<typeof openStudy> {
  return openStudy(checkedName(study), { folder: join(out, study), storage });
}

/** Prints the trials of a study and the tasks that work on it. */
export async function statusSweep(named: NamedStudy): Promise<void> {
  await using storage = await openNamed(named);
  const trials = await storage.trials();
  const count = (state: string) => trials.filter((trial) => trial.state === state).length;
  const best = bestTrial(trials, storage.study.direction);
  console.log(
    `${named.study}: ${count("complete")} complete, ${count("pruned")} pruned, ${count("fail")} failed, ` +
      `${count("running")} running, ${count("waiting")} waiting; ` +
      `best ${best ? `${best.value!.toFixed(4)} (trial ${best.number})` : "-"}`,
  );
  if (trials.length > 0) console.log(`\n${markdownTable(TRIAL_COLUMNS, trials.map(trialCells))}`);
  const jobs = jobsOf(await storage.notes());
  if (jobs.length === 0) return;
  const tasks = await slurmTasks(jobs);
  console.log(`\nSlurm jobs ${jobs.join(", ")}: ${tasks.length} tasks wait or run.`);
  const cells = tasks.map(({ id, state, time, place }) => [id, state.toLowerCase(), time, place]);
  if (tasks.length > 0) console.log(`\n${markdownTable(["task", "state", "time", "where or why not"], cells)}`);
}

const TRIAL_COLUMNS = ["trial", "state", "value", "step", "worker", "note"];

function trialCells(trial: StoredTrial): string[] {
  const { number, state, value, worker, notes, losses } = trial;
  const step = lastStep(trial);
  const last = trial.intermediate.get(step);
  const shown = value ?? last;
  return [
    ...[String(number), state, shown === undefined ? "-" : shown.toFixed(4), step < 0 ? "-" : String(step)],
    ...[
      state === "running" ? worker ?? "given back" : "-",
      notes.error ?? (losses > 0 ? `${losses} workers died` : ""),
    ],
  ];
}

/** Cancels the Slurm jobs of a study; their workers give their trials back. */
export async function stopSweep(named: NamedStudy): Promise<void> {
  await using storage = await openNamed(named);
  const jobs = jobsOf(await storage.notes());
  const open = await slurmTasks(jobs);
  await cancelSlurm([...new Set(open.map(({ id }) => id.split("_")[0]))]);
  const what = open.length > 0 ? `Cancelled ${open.length} tasks of Slurm.` : "Slurm has no tasks of it.";
  console.log(`${what} Workers on a terminal stop by Ctrl-C.`);
}

/** Writes the page of a study again, e.g. after its winner was trained. */
export async function reportSweep(named: NamedStudy): Promise<void> {
  const { study, out } = named, folder = join(out, checkedName(study));
  if (!existsSync(folder)) {
    const remedy = "deno task sweep begins one; --out names another folder of sweeps";
    throw new UsageError({ expected: "the name of a study", found: `"${study}"`, where: out, remedy });
  }
  await using storage = await openNamed(named);
  console.log(await writeSweepReport(storage, folder));
}

/** @returns the path of the page. */
export async function writeSweepReport(storage: StudyStorage, folder: string): Promise<string> {
  const { renderSweepReport } = await import("../../report/sweep/mod.ts");
  const sweep = { study: storage.study, trials: await storage.trials(), notes: await storage.notes() };
  return await renderSweepReport(sweep, { folder });
}

function jobsOf(notes: Record<string, string>): string[] {
  return Object.keys(notes).filter((key) => key.startsWith(JOB)).map((key) => key.slice(JOB.length));
}
