import { join } from "node:path";
import { DataError } from "../errors/mod.ts";
import { answersByFrame, BY_FRAME, latestRun, type OpenBundle, openBundle } from "../runs/mod.ts";

/** A loaded bundle that must be given back. */
export interface LoadedBundle extends OpenBundle {
  /** Where `bundle.json` lies. */
  folder: string;
}

/**
 * Loads a bundle for prediction. A bundle is data: loading it runs no code of it.
 *
 * @param folder The folder with `bundle.json`, or a run folder that has it in `model/`, or an experiment's folder for its
 * latest run.
 * @throws {DataError} where there is none, a file is damaged, or it is of another version, naming both.
 */
export async function loadBundle(folder: string, { threads = 1 }: { threads?: number } = {}): Promise<LoadedBundle> {
  const place = await bundleFolder(folder);
  return { folder: place, ...await openBundle(place, { threads }) };
}

/**
 * The folder with `bundle.json` that is meant by it, by its run's folder, or by an experiment's folder for its latest run.
 *
 * @throws {DataError} where there is none.
 */
export async function bundleFolder(folder: string): Promise<string> {
  const latest = await latestRun(folder);
  const candidates = [folder, join(folder, "model"), ...(latest ? [join(latest, "model")] : [])];
  for (const candidate of candidates) {
    if (await Deno.stat(join(candidate, "bundle.json")).then(() => true, () => false)) return candidate;
  }
  throw new DataError({
    expected: "a bundle (a folder with bundle.json in it, or a run's folder)",
    found: await Deno.stat(folder).then(() => "none", () => "no such folder"),
    where: folder,
    remedy: await answersByFrame(latest ?? folder)
      ? BY_FRAME
      : "name a run below results/, or make one: deno task demo",
  });
}
