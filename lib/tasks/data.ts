import { Command } from "commander";
import { runTask } from "./run_task.ts";

const command = new Command("deno task data").description("Looks after datasets.");

command.command("list")
  .description("The catalogue, and what of it is here.")
  .option("--data <folder>", "the folder that holds the datasets", "data")
  .action(async ({ data }: { data: string }) => {
    const { listDatasets } = await import("../datasets/mod.ts");
    for (const { info, folder, here } of await listDatasets(data)) {
      console.log(`${info.name.padEnd(10)} ${info.title}`);
      console.log(`           ${info.licence}; ${info.home}`);
      console.log(here ? `           ${folder}: ${amount(here)}` : `           not in ${folder}`);
      for (const [task, classes] of Object.entries(here?.tasks ?? {})) {
        const counts = Object.entries(classes).map(([label, rows]) => `${label} ${rows}`);
        console.log(`           ${task}: ${counts.join(", ")}`);
      }
    }
  });

command.command("check")
  .description(
    "Reads every recording of a dataset and names what is missing, extra, damaged, mislabelled or twice there.",
  )
  .argument("<name>", "a name of the catalogue: sprsound")
  .option("--data <folder>", "the dataset's folder (default: data/<name>)")
  .action(async (name: string, options: { data?: string }) => {
    const { checkDataset } = await import("../datasets/mod.ts");
    const { progress } = await import("../files/mod.ts");
    let bar: ReturnType<typeof progress> | undefined;
    const { recordings, folder, findings, traps } = await checkDataset(name, {
      folder: options.data ?? `data/${name}`,
      onProgress(done, total) {
        bar ??= progress("recordings", total);
        bar.update(done);
      },
    });
    bar?.stop();
    for (const { kind, path, message } of findings) console.log(`${kind}: ${path}${path ? " " : ""}${message}`);
    console.log(`${recordings} recordings in ${folder}, ${findings.length} findings.`);
    for (const trap of traps) console.log(`Known of ${name}: ${trap}`);
    // What is odd and dealt with is no failure.
    if (findings.some(({ kind }) => kind === "missing" || kind === "damaged")) Deno.exitCode = 1;
  });

function amount(here: { bytes: number; recordings: number; subjects: number }): string {
  return `${here.recordings} recordings, ${here.subjects} subjects, ${(here.bytes / 1e6).toFixed(0)} MB`;
}

await runTask(command);
