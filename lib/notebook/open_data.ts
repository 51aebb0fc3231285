import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { datasetNames, generateSynthetic, loadDataset, type Manifest } from "../datasets/mod.ts";
import { DataError } from "../errors/mod.ts";
import { TABLE } from "../files/mod.ts";
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
 * A dataset by its path alone, with its experiment, so that one parameter takes a notebook from synthetic hearts to real
 * lungs or to one's own recordings: a folder that bears the dataset's name, `data/sprsound` or `data/synthetic-0` (a
 * synthetic one that isn't there is made), a table `mine.csv` or `mine.xlsx`, a folder with one, or a folder of classes.
 *
 * @throws {DataError} for a path that is none of these, and where it holds no recordings.
 */
export async function openData(path: string): Promise<OpenedData> {
  const dataset = await datasetAt(path);
  if (dataset === "synthetic") {
    await Deno.stat(join(path, "manifest.csv")).catch(() => generateSynthetic(path, { kind: "heart" }));
  }
  const experiment = await experimentOn(dataset, path);
  const { task, columns } = experiment.dataset;
  const manifest = await loadDataset(dataset, { folder: path, task, columns });
  return {
    manifest,
    experiment,
    assignments: [
      ...(experiment.dataset.name === dataset ? [] : [`dataset.name=${dataset}`]),
      ...(experiment.budgets?.quick ? ["budget=quick"] : []),
    ],
  };
}

/** The dataset at a path: by its name, where a number may follow, as in `synthetic-0`; one's own by what is there. */
export async function datasetAt(path: string): Promise<string> {
  const name = basename(path);
  const dataset = datasetNames().find((known) => name === known || name.replace(/-\d+$/, "") === known);
  if (dataset !== undefined) return dataset;
  if (TABLE.test(name)) return "csv";
  const entries = await Array.fromAsync(Deno.readDir(path)).catch(() => []);
  if (entries.some((entry) => entry.isFile && TABLE.test(entry.name))) return "csv";
  if (entries.some((entry) => entry.isDirectory && !entry.name.startsWith("."))) return "folders";
  throw new DataError({
    expected: `a table (mine.csv), a folder of classes, or a folder with the name of its dataset (${
      datasetNames().join(", ")
    })`,
    found: entries.length > 0 ? "neither tables nor folders in it" : "none",
    where: path,
    remedy: "deno task data list shows the datasets",
  });
}

/** Those of the clone; a study has its own beside its notebooks. */
const EXPERIMENTS = join(import.meta.dirname ?? "", import.meta.dirname ? "../.." : "..", "experiments");

/** The first experiment that is about a dataset, wherever in experiments/ it lies; those above come before those below. */
async function experimentOn(dataset: string, where: string): Promise<ExperimentDescription> {
  const wanted = dataset === "folders" ? ["folders", "csv"] : [dataset]; // one's own recordings, in either form
  for (const name of wanted) {
    for (const file of experimentFiles(EXPERIMENTS)) {
      const { default: experiment } = await import(pathToFileURL(file).href);
      if (experiment?.dataset?.name === name) return experiment;
    }
  }
  throw new DataError({
    expected: `an experiment on ${dataset} in experiments/`,
    found: "none",
    where,
    remedy: "write one: experiments/demo.ts is the shortest example",
  });
}

function experimentFiles(folder: string): string[] {
  const entries = [...Deno.readDirSync(folder)].toSorted((a, b) => a.name < b.name ? -1 : 1);
  const files = entries.filter(({ isFile, name }) => isFile && name.endsWith(".ts") && !name.endsWith("_test.ts"));
  const folders = entries.filter(({ isDirectory, name }) => isDirectory && name !== "howto"); // pages about one thing each
  return [
    ...files.map(({ name }) => join(folder, name)),
    ...folders.flatMap(({ name }) => experimentFiles(join(folder, name))),
  ];
}
