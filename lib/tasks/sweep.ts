import { Command, Option } from "commander";
import { interruptSignal, runTask, Stopped } from "./run_task.ts";
import { wholeNumber } from "./whole_number.ts";

const command = new Command("deno task sweep")
  .description("Searches the space that an experiment names for the setting that is best on inner validation.")
  .argument("<file>", "an experiment with a space: experiments/lung/sprsound_events.ts")
  .option("--data <folder>", "the dataset's folder (default: data/<dataset>)")
  .option("--trials <n>", "trials of the whole study", wholeNumber, 40)
  .option("--workers <n>", "processes that try settings at the same time, each with one thread", wholeNumber, 1)
  .option("--study <name>", "name of the study; the same name goes on where it stopped (default: the experiment's)")
  .addOption(new Option("--sampler <name>").choices(["tpe", "random", "halton", "grid"]).default("tpe"))
  .addOption(new Option("--pruner <name>").choices(["median", "halving", "none"]).default("median"))
  .option("--warm-up <n>", "epochs before a trial may be pruned: early scores are mostly chance", wholeNumber, 3)
  .option("--seed <n>", "seed of folds, training and sampling", wholeNumber, 0)
  .addOption(new Option("--engine <name>").choices(["auto", "ort", "wasm", "webgpu", "cpu"]).default("auto"))
  .option("--set <key=value>", "a value that all trials share; may be repeated", collect, [])
  .option("--try <key=value,…>", "a setting to try first; may be repeated", collect, [])
  .option("--out <folder>", "where sweeps go", "results/sweeps")
  .addOption(new Option("--as-worker").hideHelp())
  .action(async (file: string, options: Options) => {
    const signal = interruptSignal();
    const { loadExperiment } = await import("./load_experiment.ts");
    const { description, folder } = await loadExperiment(file);
    const sweep = { ...options, data: options.data ?? folder, file, description, signal };
    const { sweepAlone, sweepTogether } = await import("./sweep_workers.ts");
    const ended = options.asWorker || options.workers <= 1 ? await sweepAlone(sweep) : await sweepTogether(sweep);
    if (ended === "stopped") throw new Stopped("Stopped. The same command goes on with what is left.");
  });

interface Options {
  data?: string;
  trials: number;
  workers: number;
  study?: string;
  sampler: "tpe" | "random" | "halton" | "grid";
  pruner: "median" | "halving" | "none";
  warmUp: number;
  seed: number;
  engine: "auto" | "ort" | "wasm" | "webgpu" | "cpu";
  set: string[];
  try: string[];
  out: string;
  asWorker?: boolean;
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

await runTask(command);
