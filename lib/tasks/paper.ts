import { Command } from "commander";
import { runTask } from "./run_task.ts";

const command = new Command("deno task paper")
  .description("Writes what a paper is made of from one run or several: tables, figures, methods and a LaTeX document.")
  .argument("<runs...>", "run folders, or experiments' folders for their latest runs")
  .option("--out <folder>", "where it goes", "results/paper")
  .action(async (folders: string[], { out }: { out: string }) => {
    const { progress } = await import("../files/mod.ts");
    const { openRun } = await import("../runs/mod.ts");
    const { readPaperRuns, writePaper } = await import("../paper/mod.ts");
    const { writeChecklists, writeCitation, writeCrate, writeCroissant } = await import("../standards/mod.ts");
    const runs = [];
    for (const folder of folders) runs.push(await openRun(folder));
    const shown = progress("runs", runs.length);
    const read = await readPaperRuns(runs);
    const { files, notes } = await writePaper(read, out, { drawn: (done) => shown.update(done) });
    files.push(...await writeChecklists(read, out));
    for (const write of [writeCroissant, writeCitation, writeCrate]) files.push(...await write(runs, out));
    shown.stop();
    for (const note of notes) console.log(`note: ${note}`);
    console.log(`${files.length} files in ${out}`);
  });

await runTask(command);
