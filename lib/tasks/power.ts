import { Command } from "@commander-js/extra-typings";
import { runTask } from "./run_task.ts";
import { countNumber, wholeNumber } from "./option_values.ts";

const command = new Command("deno task power")
  .description(
    "How many subjects a study needs: until the interval of a score is as narrow as wanted, and until a difference of a given " +
      "size would be seen. By studies that are drawn from a run's own answers, subject by subject.",
  )
  .argument("<run>", "a run folder, an experiment's folder or file for its latest run")
  .option("--score <name>", "accuracy, balancedAccuracy, rocAuc, … (default: the experiment's first)")
  .option("--width <w>", "wanted width of the 95 % interval", Number, 0.1)
  .option("--difference <d>", "difference to another model that is to be seen", Number, 0.05)
  .option("--discordance <share>", "items on which both disagree (default: what this run gets wrong)", Number)
  .option("--against <run>", "a run on the same items: how many subjects until it is told from this one")
  .option("--studies <n>", "imagined studies of each size", countNumber, 200)
  .option("--seed <n>", "draws the studies", wholeNumber, 0)
  .option("--out <folder>", "where power.json and power.svg go (default: the run's folder)")
  .action(async (named, options) => {
    const { runOfExperiment, writePower } = await import("./power/write_power.ts");
    await writePower(runOfExperiment(named), options);
  });

await runTask(command);
