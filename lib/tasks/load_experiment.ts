import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { UsageError } from "../errors/mod.ts";
import type { ExperimentDescription } from "../experiment/mod.ts";
import { importParts } from "../parts/mod.ts";
import { bars } from "./bars.ts";
import { generateSynthetic } from "../datasets/mod.ts";

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

/**
 * Where an experiment's recordings lie: where the command line says, else in `data/<dataset>`. The synthetic set of a seed is
 * made where it isn't there yet.
 */
export async function dataFolder(
  { dataset: { name, task } }: Pick<ExperimentDescription, "dataset">,
  { data, seed }: { data?: string; seed: number },
): Promise<string> {
  if (data !== undefined) return data;
  if (name === "joint") return "data";
  if (name !== "synthetic") return join("data", name);
  const kind = task.startsWith("murmur") ? "heart" : "lung";
  const folder = join("data", kind === "heart" ? `synthetic-${seed}` : `synthetic-lung-${seed}`);
  if (existsSync(join(folder, "manifest.csv"))) return folder;
  const { show, stop } = bars();
  await generateSynthetic(folder, { seed, kind, onProgress: (done, total) => show(`synthetic ${kind}s`, done, total) });
  stop();
  return folder;
}
