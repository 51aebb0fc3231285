import { join } from "node:path";
import type { ListeningSource } from "../experiment/mod.ts";
import { readBundle } from "../runs/mod.ts";
import { bundleFolder } from "./load_bundle.ts";
import { predictFiles, type PredictFilesOptions } from "./predict_files.ts";

/**
 * Sounds with what the networks of a run say of them, but of those that they learned from; so that the next queue is of what
 * they are least sure of.
 *
 * @throws {DataError} where there is no such run.
 */
export async function judgedSource(
  source: ListeningSource,
  run: string,
  options: Pick<PredictFilesOptions, "signal" | "workers"> = {},
): Promise<ListeningSource> {
  const { manifest, table } = source;
  const folder = await bundleFolder(run), { bundle: { classes } } = await readBundle(folder);
  const paths = table.items.map(({ recording }) => join(manifest.folder, recording));
  const answers: number[][][] = [];
  for await (const one of predictFiles({ folder }, paths, { ...options, evenPoor: true })) {
    answers.push(one.error === undefined && !one.known && one.probabilities ? [one.probabilities] : []);
  }
  const items = table.items.map((item, i) => ({ ...item, answers: answers[i] }));
  return { ...source, table: { ...table, classes, items } };
}
