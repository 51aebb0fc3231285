import { UsageError } from "../../errors/mod.ts";
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
    throw new UsageError({
      expected: "an option of sbatch such as --account=lungs",
      found: directive,
      where: "--slurm",
    });
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
