import { Command, Option } from "commander";
import { interruptSignal, runTask, Stopped } from "./run_task.ts";
import type { SweepOptions } from "./sweep/sweep_study.ts";
import { wholeNumber } from "./whole_number.ts";
import { workerSignal } from "./sweep/worker_signal.ts";

const OUT = ["--out <folder>", "where sweeps go", "results/sweeps"] as const;
const STORAGE = "postgres://user@host:5432/database (default: a journal in the study's folder)";

const command = new Command("deno task sweep")
  .description("Searches the space that an experiment names for the setting that is best on inner validation.")
  .argument("<file>", "an experiment with a space: experiments/lung/sprsound_events.ts")
  .option("--data <folder>", "the dataset's folder (default: data/<dataset>)")
  .option("--trials <n>", "trials of the whole study", wholeNumber, 40)
  .option("--workers <n>", "processes that try settings at the same time, each with one thread", wholeNumber, 1)
  .option("--study <name>", "name of the study; the same name goes on where it stopped (default: the experiment's)")
  .option("--storage <url>", STORAGE)
  .addOption(new Option("--sampler <name>").choices(["tpe", "random", "grid"]).default("tpe"))
  .addOption(new Option("--pruner <name>").choices(["median", "none"]).default("median"))
  .option("--warm-up <n>", "epochs before a trial may be pruned: early scores are mostly chance", wholeNumber, 3)
  .option("--seed <n>", "seed of folds, training and sampling", wholeNumber, 0)
  .addOption(new Option("--engine <name>").choices(["auto", "ort", "wasm", "webgpu", "cpu"]).default("auto"))
  .option("--set <key=value>", "a value that all trials share; may be repeated", collect, [])
  .option("--try <key=value,…>", "a setting to try first; may be repeated", collect, [])
  .option("--mended", "goes on although the experiment's settings are others now: earlier scores still count")
  .option(...OUT)
  .addOption(
    new Option("--launcher <name>", "who starts the workers").choices(["local", "slurm"]).default("local"),
  )
  .option("--partition <name>", "Slurm: the partition")
  .option("--time <limit>", "Slurm: time limit of a task, 8:00:00")
  .option("--memory <size>", "Slurm: memory of a task, 4G")
  .option("--slurm <option>", "Slurm: another option of sbatch, --slurm=--account=lungs; may be repeated", collect, [])
  .addOption(new Option("--as-worker [name]").hideHelp())
  .enablePositionalOptions()
  .action(async (file: string, options: Options) => {
    const { rememberedStorage } = await import("../sweep/storage/open_study.ts");
    const { runWithRights } = await import("./sweep/sweep_command.ts");
    const { loadExperiment } = await import("./load_experiment.ts");
    const { dataFolder } = await import("./data_folder.ts");
    const { description } = await loadExperiment(file);
    const { studyFolder } = await import("./sweep/sweep_study.ts");
    const storage = options.storage ?? await rememberedStorage(studyFolder({ ...options, description }));
    const status = await runWithRights({ storage, slurm: options.launcher === "slurm" });
    if (status !== undefined) Deno.exit(status);

    const { asWorker } = options;
    const signal = asWorker ? workerSignal({ supervised: asWorker !== true }) : interruptSignal();
    const data = await dataFolder(description, options);
    const sweep = { ...options, storage, data, file, description, signal };
    const { cancelWaitingTasks, submitSweep } = await import("./sweep/sweep_slurm.ts");
    if (options.launcher === "slurm" && !asWorker) return await submitSweep(sweep);
    const { sweepAsWorker, sweepTogether } = await import("./sweep/sweep_workers.ts");
    const worker = typeof asWorker === "string" ? asWorker : undefined;
    const ended = asWorker ? await sweepAsWorker({ ...sweep, worker }) : await sweepTogether(sweep);
    if (ended === "stopped") throw new Stopped("Stopped. The same command goes on with what is left.");
    if (asWorker) await cancelWaitingTasks();
  });

const VERBS = [
  ["status", "shows its trials and jobs"],
  ["stop", "cancels its jobs"],
  ["report", "writes its report.html again, with what is known of the winner"],
] as const;
for (const [name, does] of VERBS) {
  command.command(`${name} <study>`).description(`${does}; a study is told by its name or its folder`)
    .option("--storage <url>", STORAGE)
    .option(...OUT)
    .action(async (named: string, given: { out: string; storage?: string }) => {
      const { basename, dirname, join } = await import("node:path");
      const study = basename(named);
      const options = study === named ? given : { ...given, out: dirname(named) };
      const { rememberedStorage } = await import("../sweep/storage/open_study.ts");
      const { runWithRights } = await import("./sweep/sweep_command.ts");
      const storage = options.storage ?? await rememberedStorage(join(options.out, study));
      const slurm = await Deno.stat(join(options.out, study, "slurm.sh")).then(() => true, () => false);
      const status = await runWithRights({ storage, slurm });
      if (status !== undefined) Deno.exit(status);
      if (name === "report") {
        return await (await import("./sweep/sweep_report.ts")).reportSweep({ ...options, study, storage });
      }
      const { showSweep, stopSweep } = await import("./sweep/sweep_slurm.ts");
      await (name === "status" ? showSweep : stopSweep)({ ...options, study, storage });
    });
}

interface Options extends Omit<SweepOptions, "file" | "description" | "data" | "signal" | "patienceSeconds"> {
  data?: string;
  launcher: "local" | "slurm";
  partition?: string;
  time?: string;
  memory?: string;
  slurm: string[];
  /** A worker's name, given by the process that supervises it; `true` for one on its own. */
  asWorker?: string | true;
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

await runTask(command);
