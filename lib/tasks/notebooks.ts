import { Command } from "@commander-js/extra-typings";
import { collect, countNumber } from "./option_values.ts";
import { DataError } from "../errors/mod.ts";
import { interruptSignal, runTask, Stopped } from "./run_task.ts";

const command = new Command("deno task notebooks")
  .description("Executes notebooks, with no Python, and writes them and a page of each to results/notebooks/.")
  .argument("[file...]", "notebooks; all of notebooks/ where none is named")
  .option("-p, --parameter <name=value>", "another value for a variable of the cell tagged `parameters`", collect, [])
  .option("--seconds <n>", "time limit of each cell", countNumber, 600)
  .option("--out <dir>", "folder of the results", "results/notebooks")
  .option("--check", "only check types, lint, format, and that no outputs are kept")
  .action(async (files, options) => {
    const notebook = await import("../notebook/mod.ts");
    const paths = files.length > 0 ? files : await notebook.listNotebooks("notebooks");
    if (options.check) {
      const problems = await notebook.checkNotebooks(paths);
      for (const problem of problems) console.error(problem);
      if (problems.length > 0) {
        throw new DataError({ expected: "notebooks in order", found: `${problems.length} problems` });
      }
      console.log(`${paths.length} notebooks are in order`);
      return;
    }
    const { seconds: cellSeconds, out } = options;
    const parameters = notebook.parseParameters(options.parameter);
    const signal = interruptSignal();
    const names = notebook.resultNames(paths);
    for (const [i, path] of paths.entries()) {
      const onCell = notebook.cellProgress(path);
      const run = await notebook.runNotebook(path, { parameters, cellSeconds, out, name: names[i], onCell, signal });
      const { failure, page } = run;
      if (signal.aborted) throw new Stopped(`stopped; what was done is in ${page}`);
      if (failure) {
        const where = `cell ${failure.cell} of ${path} (${failure.line}); see ${page}`;
        throw new DataError({ expected: "every cell to run", found: failure.message, where });
      }
      console.log(`${page}  (${run.seconds.toFixed(1)} s)`);
    }
  });

await runTask(command);
