import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { countNumber, importNamed, partsOption } from "./option_values.ts";
import { interruptSignal, runTask, Stopped } from "./run_task.ts";

const command = new Command("deno task reproduce")
  .description("Trains the runs of an archive again and says number by number what agrees, and why it may not.")
  .argument("<archive>", "the ZIP file of deno task archive, or the folder that it was unpacked to")
  .option(
    "--data <dataset=folder>",
    "where a dataset lies (default: where it was, or data/<dataset>); may be repeated",
    dataFolders,
    {},
  )
  .option("--threads <n>", "threads of the training (default: as many as the run had)", countNumber)
  .addOption(
    new Option("--engine <name>", "what executes the training (default: that of the run)")
      .choices(["ort", "ort-webgpu", "wasm", "webgpu", "cpu"] as const),
  )
  .addOption(partsOption())
  .option("--out <folder>", "where the new runs go", "results/reproduced")
  .action(async (archive, options) => {
    const signal = interruptSignal();
    await importNamed(options);
    const { DataError } = await import("../errors/mod.ts");
    const { describeReproduction, reproduceArchive } = await import("../archive/mod.ts");
    let outside = 0;
    for await (const { again, agreement } of reproduceArchive(archive, { ...options, signal })) {
      if (!agreement) throw new Stopped(`Stopped. What was done is kept in ${again.folder}.`);
      const text = describeReproduction(agreement);
      await again.write("reproduction.md", `# Trained again\n\n${text}\n`);
      console.log(`\n${again.folder}\n\n${text.split("\n\n").slice(0, 2).join("\n")}`);
      const told = agreement.numbers.filter(({ agreement }) => agreement !== "the same");
      for (const { name, first, again, agreement } of told) {
        console.log(`${name}: ${first}, then ${again}: ${agreement}`);
      }
      console.log(`Every file and number: ${again.path("reproduction.md")}`);
      outside += told.filter(({ agreement }) =>
        agreement === "outside of the interval" || agreement === "missing"
      ).length;
    }
    if (outside === 0) return;
    const expected = "the numbers of the archive, or others within their intervals";
    throw new DataError({ expected, found: `${outside} that are not`, where: archive });
  });

function dataFolders(value: string, before: Record<string, string>): Record<string, string> {
  const [, dataset, folder] = /^([\w-]+)=(.+)$/s.exec(value) ?? [];
  if (dataset === undefined) throw new InvalidArgumentError("Write the dataset's name before it: sprsound=FOLDER.");
  return { ...before, [dataset]: folder };
}

await runTask(command);
