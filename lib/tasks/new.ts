import { Command } from "@commander-js/extra-typings";
import { shellWord } from "../files/mod.ts";
import { runTask } from "./run_task.ts";

const command = new Command("deno task new")
  .description("Makes a study: a folder of its own with an experiment, a notebook and the tasks.")
  .argument("<folder>", "a new or an empty folder")
  .option("--from <file>", "begin with an experiment of Auscult's: experiments/heart/cinc2016.ts")
  .action(async (folder, options) => {
    const { writeStudy } = await import("./study/write_study.ts");
    for (const path of await writeStudy(folder, options)) console.log(path);
    console.log(`\nnext: cd ${shellWord(folder)} && deno task experiment experiments/…`);
  });

await runTask(command);
