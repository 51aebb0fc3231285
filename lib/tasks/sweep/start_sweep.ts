import type { ExperimentDescription } from "../../experiment/mod.ts";
import { UsageError } from "../../errors/mod.ts";
import { dataFolder } from "../data_folder.ts";
import { interruptSignal, Stopped } from "../run_task.ts";
import { rememberedStorage } from "../../sweep/storage/open_study.ts";
import { runWithRights } from "./sweep_command.ts";
import type { SweepTaskOptions } from "./sweep_options.ts";
import { cancelWaitingTasks, submitSweep } from "./sweep_slurm.ts";
import { studyFolder, type SweepOptions, type TrainedSettings } from "./sweep_study.ts";
import { sweepAsWorker, sweepTogether } from "./sweep_workers.ts";
import { workerSignal } from "./worker_signal.ts";

/** A study as the task describes it that begins it. */
export interface StartSweepOptions
  extends SweepTaskOptions, Pick<SweepOptions, "file" | "trials" | "sampler" | "pruner" | "warmUp" | "try"> {
  /** Where settings are trained as runs, and not tried with the test part closed. */
  trained?: (sweep: SweepOptions) => TrainedSettings;
}

/** Works on a study as this process was started to: as its supervisor, as one of its workers, or by giving it to Slurm. */
export async function startSweep(description: ExperimentDescription, options: StartSweepOptions): Promise<void> {
  const { resolveExperiment } = await import("../../experiment/mod.ts");
  const { targets } = resolveExperiment(description, options.set);
  if (targets) {
    throw new UsageError({
      expected: "an experiment with one class an item",
      found: `targets of the kind ${targets.kind}`,
      where: options.file,
      remedy: "train its settings one by one: deno task experiment FILE --set key=value",
    });
  }
  const storage = options.storage ?? await rememberedStorage(studyFolder({ ...options, description }));
  const status = await runWithRights({ storage, slurm: options.launcher === "slurm" });
  if (status !== undefined) Deno.exit(status);

  const { asWorker, trained, ...more } = options;
  const signal = asWorker ? workerSignal({ supervised: asWorker !== true }) : interruptSignal();
  const data = await dataFolder(description, options);
  const plain = { ...more, storage, data, description, signal };
  const sweep = { ...plain, trained: trained?.(plain) };
  if (options.launcher === "slurm" && !asWorker) return await submitSweep(sweep);
  const worker = typeof asWorker === "string" ? asWorker : undefined;
  const ended = asWorker ? await sweepAsWorker({ ...sweep, worker }) : await sweepTogether(sweep);
  if (ended === "stopped") throw new Stopped("Stopped. The same command goes on with what is left.");
  if (asWorker) await cancelWaitingTasks();
}
