import { join } from "node:path";
import { generateSynthetic } from "../datasets/mod.ts";
import type { ExperimentDescription } from "../experiment/mod.ts";
import { progress } from "../files/mod.ts";

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
  if (await Deno.stat(join(folder, "manifest.csv")).then(() => true, () => false)) return folder;
  let bar: ReturnType<typeof progress> | undefined;
  await generateSynthetic(folder, {
    seed,
    kind,
    onProgress(done, total) {
      bar ??= progress(`synthetic ${kind}s`, total);
      bar.update(done);
    },
  });
  bar?.stop();
  return folder;
}
