import { existsSync } from "node:fs";
import { Command } from "@commander-js/extra-typings";
import { bars } from "./bars.ts";
import { columnOption, columnsOf } from "./column_option.ts";
import { importNamed, partsOption } from "./option_values.ts";
import { interruptSignal, runTask } from "./run_task.ts";

const command = new Command("deno task data").description("Looks after datasets.");

command.command("list")
  .description("The catalogue, and what of it is here.")
  .option("--data <folder>", "the folder that holds the datasets", "data")
  .addOption(partsOption())
  .action(async ({ data, ...own }) => {
    const { listDatasets } = await import("../datasets/mod.ts");
    await importNamed(own);
    const listed = await listDatasets(data), width = Math.max(...listed.map(({ info }) => info.name.length));
    const line = (name: string, text: string) => console.log(`${name.padEnd(width)} ${text}`);
    for (const { info, folder, here } of listed) {
      line(info.name, info.title);
      line("", `${info.licence}; ${info.home}`);
      line("", here ? `${folder}: ${amount(here)}` : `not in ${folder}`);
      for (const [task, classes] of Object.entries(here?.tasks ?? {})) {
        line("", `${task}: ${Object.entries(classes).map(([label, rows]) => `${label} ${rows}`).join(", ")}`);
      }
    }
  });

command.command("check")
  .description(
    "Reads every recording of a dataset and names what is missing, extra, damaged, mislabelled or twice there. Of a table " +
      "of your own it first says how it is understood: columns, classes, subjects, what is odd, whether folds fit.",
  )
  .argument("<what>", "a name of the catalogue (sprsound), a table (mine.csv, mine.xlsx), or a folder with a table")
  .option("--data <folder>", "the dataset's folder (default: data/<name>)")
  .option("--quick", "reads headers alone: neither damage nor duplicates are found")
  .addOption(columnOption())
  .addOption(partsOption())
  .action(async (what, options) => {
    const { checkDataset, datasetNames } = await import("../datasets/mod.ts");
    await importNamed(options);
    const known = datasetNames().includes(what);
    const there = known || existsSync(what);
    const name = known || !there && !/[./\\]/.test(what) ? what : "csv";
    const folder = options.data ?? (name === "csv" && !known ? what : `data/${name}`);
    const columns = columnsOf(options.column);
    const { show, stop } = bars();
    const onProgress = (done: number, total: number) => show("recordings", done, total);
    const check = await checkDataset(name, { folder, columns, quick: options.quick, onProgress });
    stop();
    const { findings, recordings, traps, warnings } = check;
    const { describeTable, findingLines } = await import("./describe_table.ts");
    if (check.table) {
      for (const line of describeTable(check, { path: folder, columns })) console.log(line);
    } else {
      for (const line of findingLines(findings)) console.log(line);
      console.log(`Recordings in ${folder}: ${recordings}; findings: ${findings.length}.`);
      for (const line of [...warnings, ...traps]) console.log(`Known of ${name}: ${line}`);
    }
    // What is odd and dealt with is no failure.
    if (findings.some(({ kind }) => kind === "missing" || kind === "damaged")) Deno.exitCode = 1;
  });

command.command("fetch")
  .description("Downloads a dataset from its official home, checked and unpacked, with licence and citation beside it.")
  .argument("<name>", "a name of the catalogue: cinc2016")
  .option("--data <folder>", "where it goes (default: data/<name>)")
  .option("--mirror <address>", "another server that has the same files")
  .option("--again", "download what is here already once more")
  .addOption(partsOption())
  .action(async (name, { data, parts, ...options }) => {
    const { fetchDataset } = await import("../datasets/mod.ts");
    await importNamed({ parts });
    const { show, stop } = bars();
    const { folder, loaded, kept, missing, unpacked } = await fetchDataset(name, {
      ...options,
      folder: data ?? `data/${name}`,
      signal: interruptSignal(),
      onNotice: ({ title, licence, citation }) => console.log(`${title}\nLicence: ${licence}\nCite: ${citation}`),
      onProgress: (file, bytes, total) =>
        show(`${file} (kB)`, Math.floor(bytes / 1000), Math.ceil((total ?? bytes) / 1000)),
    });
    stop();
    for (const why of missing) console.log(`left out: ${why}`);
    console.log(`${loaded.length} files loaded, ${kept.length} here before, ${unpacked} unpacked: ${folder}`);
  });

command.command("scan")
  .description("Looks for near-duplicates among all recordings and writes groups that no split will divide.")
  .argument("<name>", "a name of the catalogue: yaseen")
  .option("--data <folder>", "the dataset's folder (default: data/<name>)")
  .option("--out <file>", "where the groups go, inside data/ (default: near_duplicates.csv in the folder)")
  .addOption(partsOption())
  .action(async (name, { data, out, ...own }) => {
    const { scanDataset } = await import("../datasets/mod.ts");
    await importNamed(own);
    const { show, stop } = bars(), folder = data ?? `data/${name}`;
    const { recordings, groups, path } = await scanDataset(name, { folder, path: out, onProgress: show });
    stop();
    const inside = groups.reduce((sum, group) => sum + group.length, 0);
    console.log(`${inside} of ${recordings} recordings have a near-duplicate, in ${groups.length} groups: ${path}`);
    if (out !== undefined) {
      const { shellWord } = await import("../files/mod.ts");
      console.log(`An experiment uses them with --set ${shellWord(`dataset.nearDuplicates=${path}`)}`);
    }
  });

function amount(here: { bytes: number; recordings: number; subjects: number }): string {
  return `${here.recordings} recordings, ${here.subjects} subjects, ${(here.bytes / 1e6).toFixed(0)} MB`;
}

await runTask(command);
