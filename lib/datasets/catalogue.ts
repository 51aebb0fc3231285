import { UsageError } from "../errors/mod.ts";
import type { DatasetDefinition, DatasetInfo } from "./dataset_definition.ts";
import { bmdHs } from "./official/bmd_hs.ts";
import { cinc2016 } from "./official/cinc2016.ts";
import { circor } from "./official/circor.ts";
import { hlsCmds } from "./official/hls_cmds.ts";
import { csvDataset } from "./own/csv_dataset.ts";
import type { ColumnNames } from "./files/column_roles.ts";
import { type DatasetFiles, datasetFiles } from "./files/dataset_files.ts";
import { folderDataset } from "./own/folder_dataset.ts";
import { icbhi } from "./official/icbhi.ts";
import { kauh } from "./official/kauh.ts";
import { pascal } from "./official/pascal.ts";
import { sprsound } from "./official/sprsound.ts";
import { synthetic } from "./synthetic/synthetic.ts";
import { yaseen } from "./official/yaseen.ts";
import { zchsound } from "./official/zchsound.ts";

const DEFINITIONS: readonly DatasetDefinition[] = [
  ...[
    synthetic,
    cinc2016,
    circor,
    yaseen,
    pascal,
    bmdHs,
    zchsound,
    hlsCmds,
    icbhi,
    sprsound,
    kauh,
    csvDataset,
    folderDataset,
  ],
];

/** Every dataset that {@linkcode loadDataset} knows. */
export const datasetNames: readonly string[] = DEFINITIONS.map(({ info }) => info.name);

/**
 * What is known of a dataset: licence, citation, home, tasks with their classes, traps.
 *
 * @throws {UsageError} for a name that isn't in the catalogue.
 */
export function datasetInfo(name: string): DatasetInfo {
  return datasetDefinition(name).info;
}

/** The entry of the catalogue with its loader. */
export function datasetDefinition(name: string): DatasetDefinition {
  const definition = DEFINITIONS.find(({ info }) => info.name === name);
  if (definition) return definition;
  throw new UsageError({
    expected: `a dataset (${datasetNames.join(", ")})`,
    found: `"${name}"`,
    remedy: "deno task data list shows them",
  });
}

/**
 * The files of a dataset, found as its definition finds them.
 *
 * @throws {UsageError} for columns where no table names the recordings.
 */
export async function filesOfDataset(name: string, folder: string, columns?: ColumnNames): Promise<DatasetFiles> {
  const { files = datasetFiles } = datasetDefinition(name);
  if (columns === undefined || name === "csv") return await files(folder, { columns });
  throw new UsageError({
    expected: "dataset.columns (or --column) with a table only",
    found: `the dataset "${name}"`,
    remedy: "leave it out",
  });
}
