import { resolve } from "node:path";
import { UsageError } from "../errors/mod.ts";
import type { ExperimentDescription } from "../experiment/mod.ts";
import { importParts } from "../parts/mod.ts";

/** The description that an experiment's file exports. */
export async function loadExperiment(file: string): Promise<{ description: ExperimentDescription }> {
  const path = resolve(file);
  const there = await Deno.stat(path).then((stat) => stat.isFile, () => false);
  if (!there || !path.endsWith(".ts")) {
    const found = there ? "another file" : "no such file";
    const remedy = "experiments/ holds those there are, such as experiments/demo.ts";
    throw new UsageError({ expected: "the file of an experiment", found, where: file, remedy });
  }
  const { default: description } = await importParts(path) as { default?: ExperimentDescription };
  if (description?.name === undefined || description.dataset === undefined) {
    const found = description === undefined ? "none" : typeof description;
    throw new UsageError({ expected: "a default export made by defineExperiment", found, where: file });
  }
  return { description };
}
