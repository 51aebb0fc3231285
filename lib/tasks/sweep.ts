import { existsSync } from "node:fs";
import { Option } from "@commander-js/extra-typings";
import { runTask } from "./run_task.ts";
import { collect, wholeNumber } from "./option_values.ts";
import { STORAGE, sweepTask } from "./sweep/sweep_options.ts";

const OUT = "results/sweeps";

const command = sweepTask("deno task sweep", OUT)
  .description("Searches the space that an experiment names for the setting that is best on inner validation.")
  .argument("<file>", "an experiment with a space: experiments/lung/sprsound_events.ts")
  .option("--trials <n>", "trials of the whole study", wholeNumber, 40)
  .addOption(new Option("--sampler <name>").choices(["tpe", "random", "grid"] as const).default("tpe"))
  .addOption(new Option("--pruner <name>").choices(["median", "none"] as const).default("median"))
  .option("--warm-up <n>", "epochs before a trial may be pruned: early scores are mostly chance", wholeNumber, 3)
  .option("--try <key=value,…>", "a setting to try first; may be repeated", collect, [])
  .enablePositionalOptions();
command.action(async (file, options) => {
  const { loadExperiment } = await import("./load_experiment.ts");
  const { startSweep } = await import("./sweep/start_sweep.ts");
  const { description } = await loadExperiment(file);
  await startSweep(description, { ...options, file });
});

const VERBS = [
  ["status", "shows its trials and jobs"],
  ["stop", "cancels its jobs"],
  ["report", "writes its report.html again, with what is known of the winner"],
] as const;
for (const [name, does] of VERBS) {
  command.command(`${name} <study>`).description(`${does}; a study is told by its name or its folder`)
    .option("--storage <url>", STORAGE)
    .option("--out <folder>", "where sweeps go", OUT)
    .action(async (named, given) => {
      const { basename, dirname, join } = await import("node:path");
      const study = basename(named);
      const options = study === named ? given : { ...given, out: dirname(named) };
      const { rememberedStorage } = await import("../sweep/storage/open_study.ts");
      const { runWithRights } = await import("./sweep/sweep_command.ts");
      const storage = options.storage ?? await rememberedStorage(join(options.out, study));
      const slurm = existsSync(join(options.out, study, "slurm.sh"));
      const status = await runWithRights({ storage, slurm });
      if (status !== undefined) Deno.exit(status);
      const sweeps = await import("./sweep/sweep_slurm.ts");
      await sweeps[`${name}Sweep`]({ ...options, study, storage });
    });
}

await runTask(command);
