import { Command } from "@commander-js/extra-typings";
import { interruptSignal, runTask } from "./run_task.ts";
import { commandLine, wholeNumber } from "./option_values.ts";

const command = new Command("deno task demo")
  .description("The whole way on synthetic hearts, from nothing to a report, within a minute.")
  .option("--seed <n>", "seed of the dataset and of the training", wholeNumber, 0)
  .option("--out <folder>", "where the run folder goes", "results")
  .action(async ({ seed, out }) => {
    const signal = interruptSignal();
    console.log("Synthetic hearts, a network that learns to hear murmurs, a report: about a minute.");
    const { default: description } = await import("../../experiments/demo.ts");
    const { dataFolder } = await import("./load_experiment.ts");
    const { runAndReport } = await import("./run_and_report.ts");
    await runAndReport(description, {
      data: await dataFolder(description, { seed }),
      out,
      seed,
      signal,
      assignments: [],
      engine: "auto",
      onCardLoss: "cpu",
      cache: true,
      command: commandLine("demo"),
    });
  });

await runTask(command);
