import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { generateSynthetic, unpackArchive } from "../datasets/mod.ts";
import type { EngineName } from "../engines/mod.ts";
import { DataError, UsageError } from "../errors/mod.ts";
import { type Experiment, type ExperimentDescription, resolveExperiment, runExperiment } from "../experiment/mod.ts";
import { one, schemaOf, type Shaped } from "../files/json_shape.ts";
import { type Run, type RunConfig, runIn } from "../runs/mod.ts";
import { compareReproduction, type Reproduction } from "./compare_reproduction.ts";
import { z } from "zod";

export interface ReproduceOptions {
  /** Where it is unpacked, and where the new runs go. */
  out: string;
  /** Folders by their datasets' names. @default {what is packed, else where it was, else data/<dataset>; synthetic ones are made} */
  data?: Readonly<Record<string, string>>;
  /** @default {as many as the run had} */
  threads?: number;
  /** @default {that of the run} */
  engine?: EngineName;
  cacheFolder?: string;
  signal?: AbortSignal;
}

/** Times its own size that an archive may have when unpacked, as no table or recording has, and what a small one may have, bytes. */
const INFLATED = 50, SMALL = 50e6;

/**
 * Trains the runs of an archive again by the settings in them, one after the other, and holds the results beside the first ones.
 *
 * @param archive A ZIP file, or the folder that it was unpacked to.
 * @throws {DataError} for what is no such archive, a name that leads out of it, or data that aren't there.
 */
export async function* reproduceArchive(
  archive: string,
  options: ReproduceOptions,
): AsyncGenerator<{ first: Run; again: Run; agreement: Reproduction | undefined }> {
  const { out, signal, cacheFolder } = options;
  const folder = await unpacked(archive, out);
  const { runs } = await contentsOf(folder, archive);
  for (const { folder: name, recordings } of runs) {
    const first = runIn(join(folder, name));
    const config = await first.config();
    if (config.engine.name === "elsewhere" || config.engine.name === "joined") {
      const expected = "runs that were trained here";
      const found = config.joined ? "the mean of other runs" : "predictions that another program made";
      throw new DataError({ expected, found, where: first.folder, remedy: "archive the runs without it" });
    }
    const seed = Number(/ --seed[= ](\d+)/.exec(config.command)?.[1] ?? 0);
    const { name: dataset } = config.experiment.dataset as { name: string };
    const data = options.data?.[dataset] ?? await dataOf(config, recordings && join(folder, recordings), seed);
    const { run: again, complete } = await runExperiment(settingsOf(config), {
      ...{ data, seed, out, command: config.command, signal },
      engine: options.engine ?? config.engine.name,
      threads: options.threads ?? config.engine.threads,
      ...cacheFolder ? { cacheFolder } : {},
    });
    yield { first, again, agreement: complete ? await compareReproduction(first, again) : undefined };
    if (!complete) return;
  }
}

/** @throws {UsageError} where a part of somebody's own isn't known. */
function settingsOf({ experiment, parts = [] }: RunConfig): Experiment {
  try {
    return resolveExperiment(experiment as ExperimentDescription);
  } catch (cause) {
    if (parts.length === 0) throw cause;
    const expected = `the own parts ${parts.map(({ part, kind }) => `${part} ${kind}`).join(", ")}`;
    const remedy = "read their code in the run's code/, then name the module that defines them: --parts FILE";
    throw new UsageError({ expected, found: "none: nothing of an archive is run by itself", remedy, cause });
  }
}

async function contentsOf(folder: string, archive: string): Promise<ArchiveFile> {
  return await runIn(folder).readJson("archive.json", schemaOf(contents)).catch((cause: DataError) => {
    const expected = "an archive made by deno task archive, with archive.json in it";
    throw new DataError({ expected, found: cause.problem.found, where: archive, cause });
  });
}

async function unpacked(archive: string, out: string): Promise<string> {
  const stat = await Deno.stat(archive).catch(() => undefined);
  if (stat?.isDirectory) return archive;
  if (!stat?.isFile) {
    throw new DataError({ expected: "an archive made by deno task archive", found: "no such file", where: archive });
  }
  const folder = join(out, `${basename(archive).replace(/\.zip$/i, "")}-archive`);
  await unpackArchive(archive, { folder, budget: { bytes: INFLATED * stat.size + SMALL } });
  return folder;
}

async function dataOf({ dataFolder, experiment }: RunConfig, packed: string | null, seed: number): Promise<string> {
  const { name, task } = experiment.dataset as { name: string; task: string };
  // A synthetic set is made where its demo makes it, and nowhere that an archive names.
  const made = join("data", `${name}-${seed}`);
  for (const place of [packed, dataFolder, join("data", name), made]) {
    if (place !== null && existsSync(place)) return place;
  }
  if (name === "synthetic") {
    await generateSynthetic(made, { seed, kind: task.startsWith("murmur") ? "heart" : "lung" });
    return made;
  }
  const found = "none in the archive, nor where they were";
  const remedy = `say where they are: --data ${name}=FOLDER; reproduce.sh names where they are to be had`;
  throw new DataError({ expected: `the recordings of ${name}`, found, where: dataFolder, remedy });
}

const run = {
  folder: z.string().regex(/^runs\/\w[\w.-]*$/) as z.ZodString,
  /** `null` where they aren't packed. */
  recordings: z.string().regex(/^recordings\/\w[\w.-]*$/).nullable() as z.ZodNullable<z.ZodString>,
};
/** `archive.json`, the contents of an archive: folders below it of each run and its recordings. */
const contents = { version: one, runs: z.array(schemaOf(run)).min(1) as z.ZodType<Shaped<typeof run>[]> };
export type ArchiveFile = Shaped<typeof contents>;
