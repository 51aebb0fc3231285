import { Command } from "commander";
import { basename, join, resolve } from "node:path";
import type { ListeningSource } from "../experiment/mod.ts";
import { importNamed, partsOption } from "./parts_option.ts";
import { interruptSignal, runTask } from "./run_task.ts";
import { wholeNumber } from "./whole_number.ts";

interface Options {
  queue?: string;
  n: number;
  seed: number;
  rater?: string;
  blind?: true;
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
  .option("--blind", "hides labels and what networks say until a verdict is given")
  .option("--no-serve", "only write the page")
  .addOption(partsOption())
  .action(async (what: string, options: Options) => {
    const signal = interruptSignal();
    await importNamed(options);
    const { source, folder } = await open(what, signal);
    const { writeAtomic } = await import("../files/mod.ts");
    const { makeListenData, renderListenPage } = await import("../report/mod.ts");
    const { availableQueues, makeQueue, readVerdicts } = await import("../listening/mod.ts");
    const verdicts = join(folder, "verdicts.csv");
    const { n, seed, rater, blind = false } = options;
    const said = rater !== undefined && await exists(verdicts) ? await readVerdicts(verdicts) : [];
    const heard = new Set(said.filter((one) => one.rater === rater).map(({ item }) => item));
    const kind = options.queue ?? availableQueues(source.table)[0] ?? "random";
    const queue = makeQueue(kind, source.table, { n, seed, heard });
    const data = await makeListenData(source, { queue, kind, rater, blind });
    const page = await renderListenPage(data);
    const path = join(folder, "listen.html");
    await writeAtomic(path, page);
    console.log(`${queue.length} sounds (${kind}): ${path}`);
    if (!options.serve) return;
    const { servePage } = await import("./listen/serve_page.ts");
    let kept = 0;
    const served = servePage({ page, verdicts, onVerdict: () => kept++ });
    console.log(`Open ${served.url}\nVerdicts go to ${verdicts}; Ctrl-C ends.`);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    await served.close();
    console.log(`${kept} verdicts were kept.`);
  });

/** The sounds, and the folder that page and verdicts go to: the run's own, or one below results/. */
async function open(what: string, signal: AbortSignal): Promise<{ source: ListeningSource; folder: string }> {
  const { folderSource, runSource } = await import("../experiment/mod.ts");
  if (await exists(join(what, "config.json")) || await exists(join(what, "latest")) || basename(what) === "latest") {
    const { openRun } = await import("../runs/mod.ts");
    const run = await openRun(what);
    return { source: await runSource(run, { signal }), folder: run.folder };
  }
  const source = await folderSource(what, { signal });
  return { source, folder: join("results", "listening", basename(resolve(what))) };
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

await runTask(command);
