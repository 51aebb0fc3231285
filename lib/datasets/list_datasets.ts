import { datasetNames, isOwnData, knownDataset } from "./catalogue.ts";
import type { DatasetInfo } from "./define_dataset.ts";
import { datasetFiles } from "./files/dataset_files.ts";
import { readDataset } from "./read_dataset.ts";
import { joinSubjects, nearDuplicateGroups } from "./near_duplicates/near_duplicate_groups.ts";

/** One line of the catalogue, and what of it is here. */
export interface DatasetListing {
  info: DatasetInfo;
  /** Where it is, or would be. */
  folder: string;
  /** `undefined` where nothing of it is here. */
  here?: {
    /** Bytes on disk, of all its files. */
    bytes: number;
    recordings: number;
    subjects: number;
    /** Number of rows of each class, by task. */
    tasks: Record<string, Record<string, number>>;
  };
}

/** The datasets of the catalogue, each looked for in the folder of its name below `root` (`data/sprsound`). */
export async function listDatasets(root: string): Promise<DatasetListing[]> {
  const official = datasetNames().filter((name) => !isOwnData({ name }));
  return await Promise.all(official.map(async (name) => {
    const info = knownDataset(name).definition, folder = `${root}/${name}`;
    const isHere = await Deno.stat(folder).then(({ isDirectory }) => isDirectory, () => false);
    return isHere ? { info, folder, here: await describe(name, folder) } : { info, folder };
  }));
}

async function describe(name: string, folder: string): Promise<DatasetListing["here"]> {
  const dataset = knownDataset(name);
  const files = await (dataset.definition.files ?? datasetFiles)(folder);
  const recordings = new Set<string>(), subjects = new Set<string>();
  const tasks: Record<string, Record<string, number>> = {};
  const { groups } = await nearDuplicateGroups(files);
  for (const [task, { classes }] of Object.entries(dataset.definition.tasks)) {
    tasks[task] = Object.fromEntries(classes.map((label) => [label, 0]));
    for (const row of joinSubjects((await readDataset(dataset, files, task)).rows, groups)) {
      recordings.add(row.recording);
      subjects.add(row.subject);
      tasks[task][row.label]++;
    }
  }
  let bytes = 0;
  for (const path of files.paths) bytes += (await Deno.stat(`${folder}/${path}`)).size;
  return { bytes, recordings: recordings.size, subjects: subjects.size, tasks };
}
