import { DataError, UsageError } from "../../errors/mod.ts";
import { shellWord } from "../../files/mod.ts";

/** What an array of workers asks of a Slurm cluster. */
export interface SlurmScriptOptions {
  study: string;
  /** Program and arguments of one worker. */
  command: readonly string[];
  /** Tasks of the array: each works until the study is done or its time is over. */
  tasks: number;
  /** Tasks that run at once. */
  workers: number;
  /** Where the workers run. */
  folder: string;
  /** Folder for what they print. */
  logs: string;
  partition?: string;
  /** As Slurm writes it: `8:00:00`, `2-0`. */
  time?: string;
  /** For each task: `4G`. */
  memory?: string;
  /** Other options of `sbatch`: `--account=lungs`. */
  more?: readonly string[];
}

/** Seconds before its time limit that a task is told to end; Slurm may be up to a minute early. */
const NOTICE_SECONDS = 30;

/**
 * The batch script of a job array of workers. `B:` lets the signal before the time limit reach the worker itself, which
 * takes the place of the shell; it gives its trial back, and the next task of the array goes on with it.
 *
 * @throws {UsageError} for an option with a character that would end its line.
 */
export function slurmScript(options: SlurmScriptOptions): string {
  const { study, command, tasks, workers, folder, logs, partition, time, memory, more = [] } = options;
  const directives = [
    `--job-name=sweep-${study}`,
    `--array=0-${tasks - 1}%${workers}`,
    "--cpus-per-task=1",
    ...partition ? [`--partition=${partition}`] : [],
    ...time ? [`--time=${time}`] : [],
    ...memory ? [`--mem=${memory}`] : [],
    `--signal=B:TERM@${NOTICE_SECONDS}`,
    "--requeue",
    "--open-mode=append",
    `--chdir=${folder}`,
    `--output=${logs}/%A_%a.log`,
    ...more,
  ];
  for (const directive of directives) {
    if (/^--[\w-]+(=[^\n\r]+)?$/.test(directive)) continue;
    const expected = "an option of sbatch such as --account=lungs";
    throw new UsageError({ expected, found: directive, where: "--slurm" });
  }
  return [
    "#!/bin/bash",
    ...directives.map((directive) =>
      `#SBATCH ${directive.replace(/=(.*[\s"'].*)$/, (_, value) => `=${shellWord(value)}`)}`
    ),
    `exec ${command.map(shellWord).join(" ")}`,
    "",
  ].join("\n");
}

/** One task of a job array as Slurm sees it. */
export interface SlurmTask {
  /** `17_3`. */
  id: string;
  /** `PENDING`, `RUNNING`, … */
  state: string;
  /** Time used, as Slurm writes it. */
  time: string;
  /** The node it runs on, or why it waits. */
  place: string;
}

/**
 * Submits a batch script.
 *
 * @param env Variables that its tasks get beside those of this process.
 * @returns the number of the job.
 * @throws {UsageError} in Slurm's words where it refuses, or where there is no Slurm.
 */
export async function submitSlurm(script: string, env: Record<string, string> = {}): Promise<string> {
  const { success, said, error } = await slurm("sbatch", ["--parsable", script], env);
  const id = said.trim().split(";")[0];
  if (success && /^\d+$/.test(id)) return id;
  const remedy = "correct --partition, --time, --memory or --slurm";
  throw new UsageError({ expected: "Slurm to take the job array", found: error || said, where: script, remedy });
}

/** The tasks of jobs that wait or run; those that have ended are not among them. */
export async function slurmTasks(jobs: readonly string[]): Promise<SlurmTask[]> {
  const tasks: SlurmTask[] = [];
  for (const job of jobs) {
    const args = ["--noheader", "--array", `--jobs=${job}`, "--format=%i|%T|%M|%R"];
    const { success, said, error } = await slurm("squeue", args);
    if (!success && /Invalid job id/i.test(error)) continue; // ended some minutes ago
    if (!success) {
      throw new DataError({ expected: "Slurm to answer", found: error.trim(), where: "squeue" });
    }
    for (const line of said.trim().split("\n").filter(Boolean)) {
      const [id, state, time, place] = line.split("|");
      tasks.push({ id, state, time, place });
    }
  }
  return tasks;
}

/** Cancels jobs; those that have ended already are no error. */
export async function cancelSlurm(jobs: readonly string[], options: { waitingOnly?: boolean } = {}): Promise<void> {
  if (jobs.length === 0) return;
  const { success, error } = await slurm("scancel", [...options.waitingOnly ? ["--state=PENDING"] : [], ...jobs]);
  if (success || /Invalid job id/i.test(error)) return;
  const where = `scancel ${jobs.join(" ")}`;
  throw new DataError({ expected: "Slurm to cancel its jobs", found: error.trim(), where });
}

async function slurm(
  program: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<{ success: boolean; said: string; error: string }> {
  try {
    const { success, stdout, stderr } = await new Deno.Command(program, { args, env, stdin: "null" }).output();
    return { success, said: new TextDecoder().decode(stdout), error: new TextDecoder().decode(stderr).trim() };
  } catch (cause) {
    const expected = `a machine with Slurm's ${program}`;
    const found = cause instanceof Deno.errors.NotFound ? "none on the PATH" : (cause as Error).message;
    const remedy = "give the command on a login node of the cluster";
    throw new UsageError({ expected, found, where: "--launcher slurm", remedy, cause });
  }
}
