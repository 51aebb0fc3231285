import { UsageError } from "../errors/mod.ts";
import { cinc2016 } from "./cinc2016.ts";
import type { DatasetDefinition, DatasetInfo } from "./dataset_definition.ts";
import { sprsound } from "./sprsound.ts";
import { synthetic } from "./synthetic.ts";

const DEFINITIONS: readonly DatasetDefinition[] = [synthetic, cinc2016, sprsound];

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
