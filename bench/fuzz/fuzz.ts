import { Command } from "@commander-js/extra-typings";
import { DataError } from "../../lib/errors/mod.ts";
import { runTask } from "../../lib/tasks/run_task.ts";
import { wholeNumber } from "../../lib/tasks/option_values.ts";

const command = new Command("deno task fuzz")
  .description(
    "Gives every reader damaged files of its kind, and says which of them end in anything but an answer or a refusal.",
  )
  .option("--cases <n>", "damaged files in all", wholeNumber, 20_000)
  .option("--seed <n>", "of the damage", wholeNumber, 0)
  .option("--only <targets>", "names of readers, with commas between them")
  .option("--write", "set the table of bench/README.md to these figures")
  .action(async ({ cases, seed, only, write }: { cases: number; seed: number; only?: string; write?: boolean }) => {
    const { fuzzTargets } = await import("./targets.ts");
    const { isClean, runFuzz, writeFuzzTable } = await import("./run_fuzz.ts");
    const names = fuzzTargets.map(({ name }) => name);
    const targets = only?.split(",").map((name) => name.trim()) ?? names;
    const unknown = targets.find((name) => !names.includes(name));
    if (unknown !== undefined) throw new DataError({ expected: `some of ${names.join(", ")}`, found: `"${unknown}"` });
    const rows = await runFuzz({ cases, seed, targets, onProgress: (line) => console.log(line) });
    for (const { target, offenders } of rows) for (const one of offenders) console.log(`  ${target}, ${one}`);
    if (write) await writeFuzzTable(rows, { seed });
    const bad = rows.filter((row) => !isClean(row)).map(({ target }) => target);
    if (bad.length > 0) {
      throw new DataError({
        expected: "an answer or a refusal in words for every file",
        found: `others among ${bad.join(", ")}`,
        where: "results/fuzz/offenders",
      });
    }
  });

await runTask(command);
