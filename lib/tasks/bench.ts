import { Command, Option } from "commander";
import { runTask } from "./run_task.ts";

const command = new Command("deno task bench")
  .description("Speed, as a ratio to Python's libraries in the same run where they are installed; alone otherwise.")
  .addOption(new Option("--only <part>", "one part of it").choices(["training", "inference", "features"]))
  .option("--python <path>", "the Python with the peers (default: AUSCULT_PYTHON, else python3)")
  .option("--datasets <folder>", "the folder that holds sprsound/ (default: AUSCULT_DATASETS, else data)")
  .option("--json <file>", "write the rows here as well, inside results/")
  .option("--write", "set the tables of bench/README.md to these figures")
  .action(async (options: Options) => {
    const { runBench } = await import("./run_bench.ts");
    await runBench(options);
  });

interface Options {
  only?: "training" | "inference" | "features";
  python?: string;
  datasets?: string;
  json?: string;
  write?: boolean;
}

await runTask(command);
