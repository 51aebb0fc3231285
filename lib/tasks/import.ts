import { Command, Option } from "@commander-js/extra-typings";
import { collect, commandLine, importNamed, partsOption } from "./option_values.ts";
import { columnOption, columnsOf } from "./column_option.ts";
import { interruptSignal, runTask } from "./run_task.ts";

const command = new Command("deno task import")
  .description(
    "Judges predictions that another program made, from a table with an item a line: recording, subject, label and a " +
      "probability for each class (p_Normal, p_Wheeze). Makes a run folder with scores, intervals, floors and a report.",
  )
  .argument("<table>", "CSV or .xlsx; rows of the part train need no probabilities")
  .option("--data <folder>", "the recordings: for floors, and to find copies")
  .option("--like <run>", "a run of ours on the same items: their times and subjects are taken from it")
  .option("--name <name>", "what it is called (default: the table's name)")
  .option("--part <name>", "the part that is judged, where the table has several")
  .option("--score <name>", "a score to read first; may be repeated", collect, [])
  .addOption(
    new Option("--unit <name>", "what the result is read by").choices(["item", "recording", "subject"] as const),
  )
  .addOption(columnOption())
  .addOption(partsOption())
  .option("--out <folder>", "where run folders go", "results")
  .action(async (path, options) => {
    const signal = interruptSignal();
    await importNamed(options);
    const { basename } = await import("node:path");
    const { importPredictions, resolveExperiment } = await import("../experiment/mod.ts");
    const { openRun } = await import("../runs/mod.ts");
    const { printReport } = await import("./print_scores.ts");
    const { default: ownRecordings } = await import("../../experiments/own_recordings.ts");
    const like = options.like === undefined ? undefined : await openRun(options.like);
    const run = await importPredictions(path, {
      ...options,
      ...{
        like,
        signal,
        columns: columnsOf(options.column),
        scores: options.score.length > 0 ? options.score : undefined,
      },
      name: options.name ?? `imported/${basename(path).replace(/\.\w+$/, "").replaceAll(/[^\w-]+/g, "_")}`,
      input: resolveExperiment(ownRecordings).input,
      command: commandLine("import"),
    });
    await printReport(run);
    if (like) console.log(`Next: deno task compare ${run.folder} ${like.folder}`);
  });

await runTask(command);
