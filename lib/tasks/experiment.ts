import { Command, Option } from "@commander-js/extra-typings";
import { collect, commandLine, countNumber, wholeNumber } from "./option_values.ts";
import { interruptSignal, runTask } from "./run_task.ts";

/** What a command line has only where a run goes on. */
const AGAIN = ["--resume", "--other-engine"];

const command = new Command("deno task experiment")
  .description("Trains and evaluates the experiment in FILE and writes a run folder with a report.")
  .argument("<file>", "an experiment: experiments/lung/sprsound_events.ts")
  .option("--data <folder>", "the dataset's folder, or a table of your own recordings (default: data/<dataset>)")
  .option("--seed <n>", "seed of folds, initialisation, shuffling and augmentation", wholeNumber, 0)
  .addOption(
    new Option("--engine <name>", "what executes the training").choices(
      ["auto", "ort", "ort-webgpu", "wasm", "webgpu", "cpu"] as const,
    )
      .default("auto"),
  )
  .option("--threads <n>", "threads of the training (default: all cores)", countNumber)
  .option("--set <key=value>", "another value of the experiment; may be repeated", collect, [])
  .option("--allow-leaks", "trains with what stands on two sides of a split, and reports it in red")
  .option("--out <folder>", "where run folders go", "results")
  .option("--no-cache", "make the features anew")
  .option("--resume", "go on with the latest run of the same settings that isn't complete")
  .addOption(
    new Option("--other-engine", "the same, also where another engine or number of threads began it")
      .implies({ resume: true }),
  )
  .addOption(
    new Option("--on-card-loss <what>", "when the graphics card fails amid training: stop, or go on without it")
      .choices(["stop", "cpu"] as const)
      .default("stop"),
  )
  .action(async (file, options) => {
    const signal = interruptSignal();
    const { loadExperiment } = await import("./load_experiment.ts");
    const { runAndReport } = await import("./run_and_report.ts");
    const { dataFolder } = await import("./load_experiment.ts");
    const { description } = await loadExperiment(file);
    await runAndReport(description, {
      ...options,
      data: await dataFolder(description, options),
      assignments: [...options.set, ...options.allowLeaks ? ["evaluation.leaks=report"] : []],
      signal,
      command: commandLine("experiment", Deno.args.filter((word) => !AGAIN.includes(word))),
    });
  });

await runTask(command);
