import { join } from "node:path";
import { z } from "zod";
import { DataError } from "../errors/mod.ts";
import { openBundle, runIn } from "../runs/mod.ts";
import type { Predictor } from "./predictor.ts";

/** The version of bundles that this version of Auscult reads. */
const VERSION = 1;

/** A loaded bundle that must be given back. */
export interface LoadedBundle extends Predictor {
  /** Where `bundle.json` lies. */
  folder: string;
  dispose(): Promise<void>;
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
  const { version } = await runIn(place).readJson("bundle.json", z.object({ version: z.unknown() }));
  if (version !== VERSION) {
    throw new DataError({
      expected: `a bundle of version ${VERSION}`,
      found: `version ${JSON.stringify(version)}`,
      where: join(place, "bundle.json"),
      remedy: "train it again, or use the Auscult that made it",
    });
  }
  const { bundle, networks } = await openBundle(place, { threads });
  return {
    folder: place,
    bundle,
    networks,
    async dispose() {
      for (const network of networks) await network.dispose();
    },
  };
}

async function bundleFolder(folder: string): Promise<string> {
  const latest = await Deno.readTextFile(join(folder, "latest")).then((text) => text.trim(), () => undefined);
  const candidates = [folder, join(folder, "model"), ...(latest ? [join(folder, latest, "model")] : [])];
  for (const candidate of candidates) {
    if (await Deno.stat(join(candidate, "bundle.json")).then(() => true, () => false)) return candidate;
  }
  throw new DataError({
    expected: "a bundle (a folder with bundle.json in it, or a run's folder)",
    found: await Deno.stat(folder).then(() => "none", () => "no such folder"),
    where: folder,
    remedy: "name a run below results/, or make one: deno task demo",
  });
}
