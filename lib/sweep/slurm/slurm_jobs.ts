import { DataError, UsageError } from "../../errors/mod.ts";

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
  throw new UsageError({
    expected: "Slurm to take the job array",
    found: error || said,
    where: script,
    remedy: "correct --partition, --time, --memory or --slurm",
  });
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
  throw new DataError({
    expected: "Slurm to cancel its jobs",
    found: error.trim(),
    where: `scancel ${jobs.join(" ")}`,
  });
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
    throw new UsageError({
      expected: `a machine with Slurm's ${program}`,
      found: cause instanceof Deno.errors.NotFound ? "none on the PATH" : (cause as Error).message,
      where: "--launcher slurm",
      remedy: "give the command on a login node of the cluster",
      cause,
    });
  }
}
