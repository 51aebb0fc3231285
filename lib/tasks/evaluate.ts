import { Command, Option } from "@commander-js/extra-typings";
import { dirname } from "node:path";
import { TABLE } from "../files/mod.ts";
import { collect, countNumber, importNamed, partsOption } from "./option_values.ts";
import { columnOption, columnsOf } from "./column_option.ts";
import { keepRights } from "./keep_rights.ts";
import { interruptSignal, runTask } from "./run_task.ts";

const command = new Command("deno task evaluate")
  .description(
    "Judges the networks of a finished run on other recordings: another hospital's, or an official test part. " +
      "Each set has its own name, page and section in the run's report.",
  )
  .argument("<run>", "a run folder, or an experiment's folder for its latest run")
  .requiredOption("--data <folder>", "the dataset's folder, or a table of your own recordings")
  .option("--dataset <name>", "which dataset it holds (default: csv for a table, else the one trained on)")
  .option("--part <name>", "a part of it: inter (default: of your own recordings all)")
  .option("--name <name>", "what the set is called (default: the table's or the part's name)")
  .addOption(
    new Option(
      "--seen <how>",
      "subjects that every network was trained on: an error, left out, or judged (and said in red)",
    )
      .choices(["refuse", "leave-out", "keep"] as const).default("refuse"),
  )
  .addOption(
    new Option(
      "--adapt <how...>",
      "also fits the networks to the new place without labels, and says what each way gives: the place's own statistics " +
        "of bands, of batch normalisations, or its share of classes",
    )
      .choices(["statistics", "batch-statistics", "prior"] as const).default([]),
  )
  .option("--speeds <factors...>", "also hears each item faster or slower, and joins what is said: 0.95 1.05")
  .option("--responses <n>", "also hears each item through so many drawn devices", countNumber)
  .addOption(columnOption())
  .addOption(partsOption())
  .option("--read <folder>", "another folder that a table or the run names; may be repeated", collect, [])
  .option("--out <folder>", "where the result goes (default: <run>/evaluations/<name>)")
  .action(async (folder, options) => {
    const signal = interruptSignal();
    const { data, parts } = options;
    await keepRights({
      read: [TABLE.test(data) ? dirname(data) : data, ...options.read],
      run: folder,
      write: ["data", ...options.out ? [options.out] : []],
      ...{ parts, runtime: true },
    }, signal);
    await importNamed(options);
    const { openRun } = await import("../runs/mod.ts");
    const { evaluateBundle } = await import("../experiment/mod.ts");
    const { printAdapted, printScores } = await import("./print_scores.ts");
    const average = await askedAverage(options);
    const run = await openRun(folder);
    console.log(`run: ${run.folder}`);
    const { experiment } = await run.config();
    const out = await evaluateBundle(run, { ...options, average, columns: columnsOf(options.column), signal });
    const { title } = await out.data();
    await printScores(out, experiment.evaluation, title);
    if (options.adapt.length > 0) await printAdapted(out, experiment.evaluation);
    const { renderExternalReport, renderModelCard, renderReport } = await import("../report/mod.ts");
    console.log(`\nPage: ${await renderExternalReport(run.folder, out.folder)}`);
    await renderModelCard(run.folder);
    console.log(`Report: ${await renderReport(run.folder)}`);
  });

/** How else items are to be heard; nothing where nothing is said of it. */
async function askedAverage({ speeds = [], responses = 0 }: { speeds?: string[]; responses?: number }) {
  if (speeds.length === 0 && responses === 0) return undefined;
  const { averageOptions } = await import("../features/mod.ts");
  const { checked } = await import("../errors/mod.ts");
  const asked = { speeds: speeds.map(Number), responses };
  return checked(averageOptions, asked, { expected: "speeds from 0.5 to 2", where: "--speeds" });
}

await runTask(command);
