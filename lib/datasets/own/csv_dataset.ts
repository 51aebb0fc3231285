import { basename, dirname, isAbsolute, join, relative } from "node:path";
import { findRecording } from "../../audio/mod.ts";
import { DataError } from "../../errors/mod.ts";
import { parseCsv } from "../../files/mod.ts";
import type { DatasetDefinition, FoundRows } from "../dataset_definition.ts";
import { type DatasetFiles, filesOf } from "../files/dataset_files.ts";
import { eachOf } from "../files/each_of.ts";
import { healthyFirst } from "./healthy_first.ts";
import type { ManifestRow } from "../manifest.ts";
import { readEventsCsv, readManifestCsv } from "../files/manifest_csv.ts";
import { NEAR_DUPLICATES } from "../near_duplicates/near_duplicate_groups.ts";

/** The user's own recordings, named in a CSV file. */
export const csvDataset: DatasetDefinition = {
  info: {
    name: "csv",
    title: "your own recordings, named in a CSV file: path,subject,label[,start,end,source,part,…]",
    sound: "both",
    licence: "yours",
    citation: "yours",
    home: "the path of the CSV file, or of a folder with a manifest.csv",
    tasks: {
      labels: {
        classes: [],
        about: "The labels of the file; a healthy one (normal, healthy, control, …) comes first.",
      },
    },
    subjectKey: "the column subject; without it each recording is a subject of its own",
    parts: [],
    traps: ["without the column subject, recordings of one person can stand on both sides of a split"],
  },
  files: namedFiles,
  read,
};

async function read(files: DatasetFiles): Promise<FoundRows> {
  const manifest = files.paths.find((path) =>
    path.endsWith(".csv") && path !== "events.csv" && path !== NEAR_DUPLICATES
  )!;
  const { lines, passedOver } = await readManifestCsv(files, manifest);
  const rows = lines.map(({ row }) => row);
  refuseTwoLabels(rows, manifest);
  const warnings = lines.length > 0 && !("subject" in lines[0].line)
    ? [`no subject is known (${manifest} has no column "subject"): each recording counts as a person of its own`]
    : [];
  const events = await readEventsCsv(files, "events.csv");
  return { rows, events, passedOver, classes: healthyFirst(rows.map(({ label }) => label)), warnings };
}

/** The CSV file and the recordings that it names, wherever they are: the folder may hold much else. */
async function namedFiles(path: string): Promise<DatasetFiles> {
  const manifest = /\.csv$/i.test(path) ? path : join(path, "manifest.csv");
  const folder = dirname(manifest);
  const beside = await Promise.all(
    ["events.csv", NEAR_DUPLICATES].map(async (name) => await isFile(join(folder, name)) ? [name] : []),
  );
  const lines = parseCsv(await readManifest(manifest), manifest);
  const named = [...new Set(lines.map((line) => line.recording ?? line.path ?? ""))].filter((name) => name !== "");
  const recordings = await eachOf(named, async (name): Promise<string[]> => {
    try {
      return [relative(folder, await findRecording(isAbsolute(name) ? name : join(folder, name)))];
    } catch {
      return []; // readManifestCsv says which line names what isn't there
    }
  });
  return filesOf(folder, [basename(manifest), ...beside.flat(), ...recordings.flat()]);
}

async function readManifest(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (cause) {
    throw new DataError({
      expected: "a CSV file with the columns path,subject,label, or a dataset's folder with manifest.csv",
      found: cause instanceof Deno.errors.NotFound ? "none" : (cause as Error).message,
      where: path,
      remedy: "check the path given by --data",
      cause,
    });
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path).catch(() => undefined))?.isFile ?? false;
}

function refuseTwoLabels(rows: readonly ManifestRow[], where: string) {
  const labels = new Map<string, string>();
  for (const { recording, start, end, label } of rows) {
    const segment = `${recording} from ${start} to ${end} s`;
    const other = labels.get(segment) ?? label;
    if (other !== label) {
      throw new DataError({
        expected: `one label for ${segment}`,
        found: `"${other}" and "${label}"`,
        where,
        remedy: "keep the right one",
      });
    }
    labels.set(segment, label);
  }
}
