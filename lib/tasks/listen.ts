import { Command } from "commander";
import { join } from "node:path";
import { importNamed, partsOption } from "./parts_option.ts";
import { interruptSignal, runTask } from "./run_task.ts";
import { wholeNumber } from "./whole_number.ts";

interface Options {
  queue?: string;
  n: number;
  seed: number;
  rater?: string;
  blind?: true;
  by?: string;
  serve: boolean;
  parts?: string;
}

const command = new Command("deno task listen")
  .description(
    "Makes a page to listen to the sounds that are most worth hearing again, and to say what they are. What is said is " +
      "kept in verdicts.csv. The page is served to this machine alone until Ctrl-C; it works from disk, too.",
  )
  .argument(
    "<what>",
    "a run folder, an experiment's folder for its latest run, or a folder of recordings without labels",
  )
  .option("--queue <kind>", "how sounds are chosen (default: wrong-labels; without labels: most-different)")
  .option("--n <n>", "how many", wholeNumber, 60)
  .option("--seed <n>", "seed of what is drawn", wholeNumber, 0)
  .option("--rater <name>", "who listens: what this name judged already stays out of the queue")
  .option("--blind", "hides names, labels and what networks say until a verdict is given")
  .option(
    "--by <run>",
    "for recordings without labels: the run whose networks say what they are, and how sure they are",
  )
  .option("--no-serve", "only write the page")
  .addOption(partsOption())
  .action(async (what: string, options: Options) => {
    const signal = interruptSignal();
    await importNamed(options);
    const { openSounds } = await import("./listen/open_sounds.ts");
    const opened = await openSounds(what, { ...options, signal });
    const verdicts = join(opened.folder, "verdicts.csv");
    const there = await Deno.stat(verdicts).then(() => true, () => false);
    const { writeAtomic } = await import("../files/mod.ts");
    const { availableQueues, makeQueue, readVerdicts } = await import("../listening/mod.ts");
    const { makeListenData, renderListenPage } = await import("../report/mod.ts");
    const { source, folder } = opened, { n, seed, rater, blind = false } = options;
    const said = there ? await readVerdicts(verdicts) : [];
    const heard = new Set(said.filter((one) => one.rater === rater).map(({ item }) => item));
    const kind = options.queue ?? availableQueues(source.table)[0];
    const queue = makeQueue(kind, source.table, { n, seed, heard });
    const page = await renderListenPage(await makeListenData(source, { queue, kind, rater, blind }));
    const path = join(folder, "listen.html");
    await writeAtomic(path, page);
    console.log(`${queue.length} sounds (${kind}): ${path}`);
    if (options.serve) {
      const { servePage } = await import("./listen/serve_page.ts");
      let kept = 0;
      const served = servePage({ page, verdicts, onVerdict: () => kept++ });
      console.log(`Open ${served.url}\nVerdicts go to ${verdicts}; Ctrl-C ends.`);
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      await served.close();
      console.log(`${kept} verdicts were kept.`);
    }
  });

await runTask(command);
