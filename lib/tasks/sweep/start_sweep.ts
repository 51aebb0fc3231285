import type { ExperimentDescription } from "../../experiment/mod.ts";
import { UsageError } from "../../errors/mod.ts";
import { dataFolder } from "../load_experiment.ts";
import { interruptSignal, Stopped } from "../run_task.ts";
import { rememberedStorage } from "../../sweep/storage/open_study.ts";
import { runWithRights } from "./sweep_command.ts";
import type { SweepTaskOptions } from "./sweep_options.ts";
import { cancelWaitingTasks, submitSweep } from "./sweep_slurm.ts";
import { studyFolder, type SweepOptions, type TrainedSettings } from "./sweep_study.ts";
import { sweepAsWorker, sweepTogether } from "./sweep_workers.ts";

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
    const expected = "an experiment with one class an item";
    const remedy = "train its settings one by one: deno task experiment FILE --set key=value";
    throw new UsageError({ expected, found: `targets of the kind ${targets.kind}`, where: options.file, remedy });
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

/** Seconds after which a worker that was told to stop ends, done or not: a cluster would kill it soon after. */
const DEADLINE = 9;

/**
 * Aborted when a worker is to stop: by SIGINT or SIGTERM, however often (a terminal and its supervisor may both send
 * one), or when its supervisor is gone, so that no worker is left behind alone.
 *
 * @param supervised Whether standard input ends with the supervisor.
 */
function workerSignal({ supervised }: { supervised: boolean }): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) return;
    controller.abort();
    // Its trial is then taken over from the last checkpoint, as that of a dead worker.
    Deno.unrefTimer(setTimeout(() => Deno.exit(130), DEADLINE * 1000));
  };
  Deno.addSignalListener("SIGINT", stop);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", stop);
  if (supervised) untilEnd(Deno.stdin.readable).then(stop);
  return controller.signal;
}

async function untilEnd(stream: ReadableStream<Uint8Array>): Promise<void> {
  try {
    for await (const _ of stream) continue;
  } catch { /* a broken pipe is an end as well */ }
}
