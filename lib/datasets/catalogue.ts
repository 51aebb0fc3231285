import { UsageError } from "../errors/mod.ts";
import { type DatasetInfo, datasets, type KnownDataset } from "./define_dataset.ts";
import type { ColumnNames } from "./files/column_roles.ts";
import { type DatasetFiles, datasetFiles } from "./files/dataset_files.ts";

// The datasets that are built in: each defines itself where it stands.
import "./synthetic/synthetic.ts";
import "./official/cinc2016.ts";
import "./official/circor.ts";
import "./official/yaseen.ts";
import "./official/pascal.ts";
import "./official/bmd_hs.ts";
import "./official/zchsound.ts";
import "./official/hls_cmds.ts";
import "./official/icbhi.ts";
import "./official/sprsound.ts";
import "./official/kauh.ts";
import "./own/csv_dataset.ts";
import "./own/folder_dataset.ts";

/** Every dataset that {@linkcode loadDataset} knows by now: the built-in ones, and those of the modules that were imported. */
export function datasetNames(): string[] {
  return datasets.all().map(({ definition }) => definition.name);
}

/**
 * What is known of a dataset: licence, citation, home, tasks with their classes, traps.
 *
 * @throws {UsageError} for a name that isn't known.
 */
export function datasetInfo(name: string): DatasetInfo {
  return name === JOINT.name ? JOINT : knownDataset(name).definition;
}

/** A dataset with its loader and the module that it comes from. */
export function knownDataset(name: string): KnownDataset {
  if (datasetNames().includes(name)) return datasets.find(name);
  const remedy = "deno task data list shows them; one of your own is known once its module is imported (--parts FILE)";
  throw new UsageError({ expected: `a dataset (${datasetNames().join(", ")})`, found: `"${name}"`, remedy });
}

/**
 * The files of a dataset, found as its definition finds them.
 *
 * @throws {UsageError} for columns where no table names the recordings.
 */
export async function filesOfDataset(name: string, folder: string, columns?: ColumnNames): Promise<DatasetFiles> {
  const { files } = knownDataset(name).definition;
  if (columns === undefined || files !== undefined) return await (files ?? datasetFiles)(folder, { columns });
  const expected = "dataset.columns (or --column) with a table only";
  throw new UsageError({ expected, found: `the dataset "${name}"`, remedy: "leave it out" });
}

/** What is known of several datasets that are asked as one: their experiment names them, and the question. */
export const JOINT: DatasetInfo = {
  ...{ name: "joint", title: "Several datasets as one", sound: "both", home: "", tasks: {}, parts: [], traps: [] },
  ...{ licence: "that of each", citation: "Each by itself", subjectKey: "that of each dataset, below its name" },
};

const OWN = ["csv", "folders"]; // datasets of the user's own, whose folders may each hold a `1.wav`

/** A dataset as an experiment asks it. */
export interface AskedDataset {
  name: string;
  join?: readonly { name: string }[];
}

/** Whether recordings are the user's own, some at least: no catalogue says what they are called or what their files' names mean. */
export function isOwnData({ name, join = [] }: AskedDataset): boolean {
  return [name, ...join.map(({ name }) => name)].some((one) => OWN.includes(one));
}
