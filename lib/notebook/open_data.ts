import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { datasetNames, generateSynthetic, loadDataset, type Manifest } from "../datasets/mod.ts";
import { DataError } from "../errors/mod.ts";
import type { ExperimentDescription } from "../experiment/mod.ts";

/** What a notebook works with. */
export interface OpenedData {
  /** The manifest of the experiment's task. */
  manifest: Manifest;
  /** The experiment that asks this dataset's question. */
  experiment: ExperimentDescription;
  /** Overrides for it that keep a notebook short: `["budget=quick"]` of an experiment that has one. */
  assignments: string[];
}

/**
 * A dataset by its folder alone, with its experiment, so that one parameter takes a notebook from synthetic hearts to
 * real lungs. The folder bears the dataset's name, `data/sprsound` or `data/synthetic-0`; a synthetic one that isn't
 * there is made.
 *
 * @throws {DataError} for a folder that no dataset has its name from, and where it holds none of its recordings.
 */
export async function openData(folder: string): Promise<OpenedData> {
  const dataset = datasetOf(folder);
  if (dataset === "synthetic") {
    await Deno.stat(join(folder, "manifest.csv")).catch(() => generateSynthetic(folder, { kind: "heart" }));
  }
  const experiment = await experimentOn(dataset, folder);
  const manifest = await loadDataset(dataset, { folder, task: experiment.dataset.task });
  return { manifest, experiment, assignments: experiment.budgets?.quick ? ["budget=quick"] : [] };
}

/** The dataset that a folder has its name from; a number may follow, as in `synthetic-0`. */
export function datasetOf(folder: string): string {
  const name = basename(folder);
  const dataset = datasetNames.find((known) => name === known || name.replace(/-\d+$/, "") === known);
  if (dataset !== undefined) return dataset;
  throw new DataError({
    expected: `a folder with the name of its dataset (${datasetNames.join(", ")})`,
    found: `"${name}"`,
    where: folder,
    remedy: "deno task data list shows the datasets",
  });
}

const EXPERIMENTS = join(import.meta.dirname!, "..", "..", "experiments");

/** The first experiment, by the names of their files, that is about a dataset. */
async function experimentOn(dataset: string, folder: string): Promise<ExperimentDescription> {
  for (const below of ["", "heart", "lung"]) {
    const names = Array.from(Deno.readDirSync(join(EXPERIMENTS, below)), ({ name }) => name).toSorted();
    for (const name of names.filter((name) => name.endsWith(".ts"))) {
      const { default: experiment } = await import(pathToFileURL(join(EXPERIMENTS, below, name)).href);
      if (experiment?.dataset?.name === dataset) return experiment;
    }
  }
  throw new DataError({
    expected: `an experiment on ${dataset} in experiments/`,
    found: "none",
    where: folder,
    remedy: "write one: experiments/demo.ts is the shortest example",
  });
}
