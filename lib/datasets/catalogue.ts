import { UsageError } from "../errors/mod.ts";
import type { DatasetDefinition, DatasetInfo } from "./dataset_definition.ts";
import { bmdHs } from "./bmd_hs.ts";
import { cinc2016 } from "./cinc2016.ts";
import { circor } from "./circor.ts";
import { hlsCmds } from "./hls_cmds.ts";
import { csvDataset } from "./csv_dataset.ts";
import { folderDataset } from "./folder_dataset.ts";
import { icbhi } from "./icbhi.ts";
import { kauh } from "./kauh.ts";
import { pascal } from "./pascal.ts";
import { sprsound } from "./sprsound.ts";
import { synthetic } from "./synthetic.ts";
import { yaseen } from "./yaseen.ts";
import { zchsound } from "./zchsound.ts";

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
