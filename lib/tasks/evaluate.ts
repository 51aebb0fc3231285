import { Command, Option } from "commander";
import { columnOption, columnsOf } from "./column_option.ts";
import type { ReadBy } from "./print_scores.ts";
import { interruptSignal, runTask } from "./run_task.ts";

const command = new Command("deno task evaluate")
  .description("Judges the networks of a finished run on other recordings, e.g. an official test part.")
  .argument("<run>", "a run folder, or an experiment's folder for its latest run")
  .requiredOption("--data <folder>", "the dataset's folder")
  .option("--dataset <name>", "which dataset it holds (default: the one trained on)")
  .option("--part <name>", "an official part of it: inter")
  .addOption(
    new Option(
      "--seen <how>",
      "subjects that every network was trained on: an error, left out, or judged (and said in red)",
    )
      .choices(["refuse", "leave-out", "keep"]).default("refuse"),
  )
  .addOption(columnOption())
  .option("--out <folder>", "where the result goes (default: <run>/evaluations/<dataset>-<part>)")
  .action(async (folder: string, options: Options) => {
    const signal = interruptSignal();
    const { openRun, runConfig } = await import("../runs/mod.ts");
    const { evaluateBundle } = await import("../experiment/mod.ts");
    const { printScores } = await import("./print_scores.ts");
    const run = await openRun(folder);
    const { experiment } = await run.readJson("config.json", runConfig);
    const out = await evaluateBundle(run, { ...options, columns: columnsOf(options.column), signal });
    await printScores(out, experiment.evaluation as unknown as ReadBy);
    console.log(`\nWritten: ${out.path("metrics.json")} and predictions.csv beside it`);
  });

interface Options {
  data: string;
  dataset?: string;
  part?: string;
  column: string[];
  seen: "refuse" | "leave-out" | "keep";
  out?: string;
}

await runTask(command);
