import { Command } from "@commander-js/extra-typings";
import { interruptSignal, runTask } from "./run_task.ts";

const command = new Command("deno task join")
  .description(
    "Joins runs of the same folds: the mean of what they say of each item, judged anew, with rules fitted on the joined " +
      "validation parts. Makes a run folder with scores, intervals, floors and a report.",
  )
  .argument("<run>", "a run folder, or an experiment's folder for its latest run")
  .argument("<others...>", "the runs to join it with")
  .requiredOption("--data <folder>", "the dataset's folder")
  .option("--name <name>", "what the result is called (default: the first run's name and _joined)")
  .option("--out <folder>", "where run folders go", "results")
  .action(async (first, others, options) => {
    const signal = interruptSignal();
    const { joinRuns } = await import("../experiment/mod.ts");
    const { openFinishedRun } = await import("../runs/mod.ts");
    const { printReport } = await import("./print_scores.ts");
    const runs = await Promise.all([first, ...others].map(openFinishedRun));
    const name = options.name ?? `${(await runs[0].config()).name}_joined`;
    const run = await joinRuns(runs, {
      ...{ ...options, name, signal },
      command: ["deno task join", ...Deno.args].join(" "),
    });
    await printReport(run);
    console.log(`Next: deno task compare ${run.folder} ${runs[0].folder}`);
  });

await runTask(command);
