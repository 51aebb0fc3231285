import { Command } from "@commander-js/extra-typings";
import { namedRuns, runsArgument } from "./named_runs.ts";
import { runTask } from "./run_task.ts";

const command = new Command("deno task paper")
  .description(
    "Writes what a paper is made of from one run or several: tables, figures, methods and results, a LaTeX document, checklists " +
      "of reporting, Croissant, RO-Crate, CITATION.cff.",
  )
  .addArgument(runsArgument())
  .option("--out <folder>", "where it goes", "results/paper")
  .action(async (folders, { out }) => {
    const { join } = await import("node:path");
    const { progress, sweepTemporary } = await import("../files/mod.ts");
    const { buildTurn } = await import("../features/mod.ts");
    const { readPaperRuns, writePaper } = await import("../paper/mod.ts");
    const { writeChecklists, writeCitation, writeCrate, writeCroissant } = await import("../standards/mod.ts");
    const runs = await namedRuns(folders);
    using _turn = await buildTurn(join(out, ".paper")); // two at once would leave a paper of both
    await sweepTemporary(out, { deep: true });
    const shown = progress("runs", runs.length);
    const read = await readPaperRuns(runs);
    const { files, notes } = await writePaper(read, out, { drawn: (done) => shown.update(done) });
    files.push(...await writeChecklists(read, out));
    for (const write of [writeCroissant, writeCitation, writeCrate]) {
      files.push(...await write(read.map(({ run }) => run), out));
    }
    shown.stop();
    for (const note of notes) console.log(`note: ${note}`);
    console.log(`${files.length} files in ${out}`);
  });

await runTask(command);
