import { basename, dirname, join } from "node:path";
import { DataError } from "../../errors/mod.ts";
import { TABLE } from "../../files/mod.ts";
import { defineDataset, type FoundRows } from "../define_dataset.ts";
import type { ColumnNames } from "../files/column_roles.ts";
import { type DatasetFiles, filesOf } from "../files/dataset_files.ts";
import { openTable, readEventsCsv, readManifestCsv } from "../files/manifest_csv.ts";
import { NEAR_DUPLICATES } from "../near_duplicates/near_duplicate_groups.ts";
import { cleanRows } from "./clean_rows.ts";
import { healthyFirst, openPositive } from "./healthy_first.ts";

/** The user's own recordings, named in a table. */
export const csvDataset = defineDataset({
  name: "csv",
  title: "your own recordings, named in a table (CSV or .xlsx): path,subject,label[,visit,start,end,source,part,…]",
  sound: "both",
  licence: "yours to give",
  citation: "Your own recordings",
  home: "the path of the table, or of a folder with one (manifest.csv where there are several)",
  tasks: {
    labels: { classes: [], about: "The labels of the table; a healthy one (normal, healthy, control, …) comes first." },
  },
  subjectKey: "the column subject; without it each recording is a subject of its own",
  parts: [],
  traps: ["without the column subject, recordings of one person can stand on both sides of a split"],
  files: namedFiles,
  read,
});

async function read(files: DatasetFiles): Promise<FoundRows> {
  const { lines, passedOver, table } = await readManifestCsv(files, "the table");
  const { rows, warnings } = cleanRows(lines, table);
  const aside: string[] = [];
  const events = await readEventsCsv(files, "events.csv").catch((error: Error) => {
    aside.push(`events.csv is left aside: ${error.message}`); // it may be another program's
    return [];
  });
  const classes = healthyFirst(rows.map(({ label }) => label));
  return {
    ...{ rows: [...rows, ...passedOver], events, classes },
    warnings: [...table.notes.map((note) => `${table.name}: ${note}`), ...warnings, ...aside, ...openPositive(classes)],
  };
}

/** The table and the recordings that it names, wherever they are: the folder may hold much else. */
async function namedFiles(path: string, { columns }: { columns?: ColumnNames } = {}): Promise<DatasetFiles> {
  const manifest = await tableOf(path);
  const folder = dirname(manifest);
  const ifThere = (name: string) => Deno.stat(join(folder, name)).then(({ isFile }) => isFile ? [name] : [], () => []);
  const beside = await Promise.all(["events.csv", NEAR_DUPLICATES].map(ifThere));
  const table = await openTable(manifest, columns);
  const recordings = new Set(table.located.values());
  return { ...filesOf(folder, [basename(manifest), ...beside.flat(), ...recordings]), table };
}

/** The path itself, or the table in the folder of this path. */
async function tableOf(path: string): Promise<string> {
  const there = await Deno.stat(path).catch(() => undefined);
  if (!there?.isDirectory) return path;
  const entries = await Array.fromAsync(Deno.readDir(path));
  const names = entries.filter(({ name, isDirectory }) =>
    !isDirectory && TABLE.test(name) && !/^[.~]|\.txt$/i.test(name) && !["events.csv", NEAR_DUPLICATES].includes(name)
  ).map(({ name }) => name).sort();
  const chosen = names.includes("manifest.csv") ? "manifest.csv" : names[0];
  if (names.length === 1 || chosen === "manifest.csv") return join(path, chosen);
  throw new DataError({
    expected: "one table (CSV or .xlsx) of recordings, or manifest.csv among several",
    found: names.length === 0 ? "none" : names.join(", "),
    where: path,
    remedy: names.length === 0
      ? "write one with the columns path,subject,label; folders that are classes: --set dataset.name=folders"
      : `say which: --data ${join(path, chosen)}`,
  });
}
