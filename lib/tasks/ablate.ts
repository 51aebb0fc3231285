import { Option } from "@commander-js/extra-typings";
import { commandLine, countNumber } from "./option_values.ts";
import { runTask } from "./run_task.ts";
import { sweepTask } from "./sweep/sweep_options.ts";

const command = sweepTask("deno task ablate", "results/ablations")
  .description(
    "Trains an experiment without each of what it names as ablations, and on shares of its subjects, under the same folds, " +
      "and holds each against the experiment itself: paired by subject, corrected for their number.",
  )
  .argument("<file>", "an experiment with ablations")
  .option("--seeds <n>", "trainings of each fold, each with another seed", countNumber, 1)
  .addOption(
    new Option("--shares <percent,…>", "shares of the training subjects for a learning curve; 0 for none")
      .default("25,50,75"),
  );
command.action(async (file, options) => {
  const { ablated } = await import("./ablate/ablated.ts");
  const { trainedSettings } = await import("./ablate/trained_settings.ts");
  const { loadExperiment } = await import("./load_experiment.ts");
  const { startSweep } = await import("./sweep/start_sweep.ts");
  const { studyFolder } = await import("./sweep/sweep_study.ts");
  const percent = options.shares === "0" ? [] : options.shares.split(",").map(Number);
  const { description: own } = await loadExperiment(file);
  const { resolveExperiment } = await import("../experiment/mod.ts");
  const begins = resolveExperiment(own, options.set).initial !== undefined;
  const { settings, description } = ablated(own, percent, { begins });
  const seeds = Array.from({ length: Math.max(1, options.seeds) }, (_, i) => options.seed + i);
  const set = [...options.set, `evaluation.protocol.seeds=${JSON.stringify(seeds)}`];
  const command = commandLine("ablate");
  await startSweep(description, {
    ...{ ...options, file, set, sampler: "grid", pruner: "none", warmUp: 0, trials: settings, try: [] },
    trained: (sweep) =>
      trainedSettings({ ...sweep, description, folder: studyFolder({ ...options, description }), command }),
  });
});

await runTask(command);
