import { existsSync } from "node:fs";
import { Command } from "@commander-js/extra-typings";
import { join } from "node:path";
import { collect, countNumber, importNamed, partsOption, wholeNumber } from "./option_values.ts";
import { columnOption, columnsOf } from "./column_option.ts";
import { keepRights } from "./keep_rights.ts";
import { interruptSignal, runTask } from "./run_task.ts";

const command = new Command("deno task listen")
  .description(
    "Makes a page to listen to the sounds that are most worth hearing again, and to say what they are. What is said is " +
      "kept in verdicts.csv. The page is served to this machine alone until Ctrl-C; it works from disk, too.",
  )
  .argument(
    "<what>",
    "a run folder, an experiment's folder for its latest run, a dataset's name, a table of recordings (CSV, .xlsx), or a " +
      "folder of recordings without labels",
  )
  .option("--queue <kind>", "how sounds are chosen (default: wrong-labels; before a network: most-different)")
  .option("--n <n>", "how many", countNumber, 60)
  .option("--seed <n>", "seed of what is drawn", wholeNumber, 0)
  .option("--rater <name>", "who listens: what this name judged already stays out of the queue")
  .option("--blind", "hides names, labels and what networks say until a verdict is given")
  .option(
    "--by <run>",
    "for all but a run: the run whose networks say what the sounds are, and how sure they are",
  )
  .option("--data <folder>", "the dataset's folder (default: data/<name>)")
  .option("--task <name>", "which of the dataset's tasks gives the labels, where it has several")
  .addOption(columnOption())
  .option("--no-serve", "only write the page")
  .option("--report", "what was heard so far: wrong labels, thresholds, agreement")
  .option("--given <run>", "for --report: the same experiment without the verdicts, to compare with")
  .option("--verdicts <file>", "for --report: another listener's file; may be repeated", collect, [])
  .addOption(partsOption())
  .action(async (what, options) => {
    const signal = interruptSignal(), { parts } = options;
    // Where the recordings are, a run's own files say.
    await keepRights({ read: "any", write: ["results", "data"], parts, runtime: true, serves: true }, signal);
    await importNamed(options);
    const { openSounds } = await import("./listen/open_sounds.ts");
    const opened = await openSounds(what, { ...options, columns: columnsOf(options.column), signal });
    const verdicts = join(opened.folder, "verdicts.csv");
    const there = existsSync(verdicts);
    if (options.report) {
      const { reportListening } = await import("./listen/report_listening.ts");
      const files = [...there ? [verdicts] : [], ...options.verdicts];
      return console.log(await reportListening(opened, { files, given: options.given }));
    }
    const { writeAtomic } = await import("../files/mod.ts");
    const { availableQueues, makeQueue, readVerdicts, writeLabels } = await import("../listening/mod.ts");
    const { makeListenData, renderListenPage } = await import("../report/mod.ts");
    const { source, folder } = opened, { n, seed, rater, blind = false } = options;
    const said = there ? await readVerdicts(verdicts) : [];
    const heard = new Set(said.filter((one) => one.rater === rater).map(({ item }) => item));
    const doubted = availableQueues(source.table).includes("wrong-labels");
    const kind = options.queue ?? (doubted ? "wrong-labels" : "most-different");
    const queue = makeQueue(kind, source.table, { n, seed, heard });
    const page = await renderListenPage(await makeListenData(source, { queue, kind, rater, blind }));
    const path = join(folder, "listen.html");
    await writeAtomic(path, page);
    console.log(`${queue.length} sounds (${kind}): ${path}`);
    if (options.serve) {
      const { servePage } = await import("./listen/serve_page.ts");
      let kept = 0;
      const served = await servePage({ page, verdicts, onVerdict: () => kept++ });
      console.log(`Open ${served.url}\nVerdicts go to ${verdicts}; Ctrl-C ends.`);
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      await served.close();
      console.log(`${kept} verdicts were kept.`);
    }
    const labelled = source.table.items.some(({ label }) => label !== null);
    if (opened.run || labelled || !existsSync(verdicts)) return;
    const labels = join(folder, "labels.csv");
    const named = await writeLabels(labels, source.manifest, await readVerdicts(verdicts));
    console.log(
      `${named} recordings have a label: deno task experiment experiments/own_recordings.ts --data ${labels}`,
    );
  });

await runTask(command);
