import { Command, Option } from "@commander-js/extra-typings";
import { collect, countNumber, wholeNumber } from "../option_values.ts";

/** What every study's storage may be. */
export const STORAGE = "postgres://user@host:5432/database (default: a journal in the study's folder)";

/** What such a task is told. */
export type SweepTaskOptions = ReturnType<ReturnType<typeof sweepTask>["opts"]>;

/** The command of a task whose settings workers share: data, workers, storage, who starts them. */
export function sweepTask(name: string, out: string) {
  return new Command(name).option("--data <folder>", "the dataset's folder (default: data/<dataset>)")
    .option("--workers <n>", "processes that try settings at the same time, each with one thread", countNumber, 1)
    .option("--study <name>", "name of the study; the same name goes on where it stopped (default: the experiment's)")
    .option("--storage <url>", STORAGE)
    .option("--seed <n>", "seed of folds, training and sampling", wholeNumber, 0)
    .addOption(
      new Option("--engine <name>").choices(["auto", "ort", "ort-webgpu", "wasm", "webgpu", "cpu"] as const).default(
        "auto",
      ),
    )
    .option("--set <key=value>", "a value that all settings share; may be repeated", collect, [])
    .option("--mended", "goes on although the experiment's settings are others now: earlier scores still count")
    .option("--out <folder>", "where studies go", out)
    .addOption(
      new Option("--launcher <name>", "who starts the workers").choices(["local", "slurm"] as const).default("local"),
    )
    .option("--partition <name>", "Slurm: the partition")
    .option("--time <limit>", "Slurm: time limit of a task, 8:00:00")
    .option("--memory <size>", "Slurm: memory of a task, 4G")
    .option(
      "--slurm <option>",
      "Slurm: another option of sbatch, --slurm=--account=lungs; may be repeated",
      collect,
      [],
    )
    // A worker's name, given by the process that supervises it; true for one on its own.
    .addOption(new Option("--as-worker [name]").hideHelp());
}
