import { basename, dirname, isAbsolute, join } from "node:path";
import { datasetInfo, datasetNames } from "../datasets/mod.ts";
import { UsageError } from "../errors/mod.ts";
import { cannotWrite, sweepTemporary, writeAtomic, writePieces } from "../files/mod.ts";
import { readRunFiles } from "../report/mod.ts";
import { beginningWords, type Run, type RunConfig } from "../runs/mod.ts";
import { filesBelow, OPEN_LICENCES, writeCitation, writeCrate, writeCroissant } from "../standards/mod.ts";
import type { ArchiveFile } from "./reproduce_archive.ts";
import type { Readable } from "node:stream";
// @ts-types="@types/yazl"
import { ZipFile } from "yazl";

export interface ArchiveOptions {
  /** The ZIP file. */
  out: string;
  /** The clone or study with its lock file and notebooks. @default {"."} */
  project?: string;
  /** Packs the recordings, where their licence lets them be passed on. @default {false} */
  withRecordings?: boolean;
}

/** What a run holds of the sound itself. */
const EXCERPT = /^examples\/.*\.(?:wav|npy)$|\.html$/;
/** No archive takes that long, seconds. */
const A_DAY = 24 * 3600;
/** Needless, made anew (the archive has a crate of its own), or of this machine alone (where a page was served). */
const NEVER = /^checkpoints\/|^folds\/|^ro-crate-metadata\.json$|^\.listen\.json$/;

/**
 * Packs runs with all that is needed to train them again: the runs with the code of own parts, the experiments' files, lock file,
 * notebooks without their outputs, Croissant, RO-Crate, CITATION.cff and `reproduce.sh`. Recordings, and what sounds of them in a
 * run, stay out unless they are asked for and their licence allows it.
 *
 * @returns names in the archive.
 * @throws {UsageError} where recordings are asked for that may not be passed on.
 */
export async function archiveRuns(runs: readonly Run[], options: ArchiveOptions): Promise<string[]> {
  const { out, project = ".", withRecordings = false } = options;
  await sweepTemporary(dirname(out), { olderThan: A_DAY, folders: true });
  const folder = `${out}.${crypto.randomUUID().slice(0, 8)}.tmp`;
  try {
    const contents: ArchiveFile = { version: 1, runs: [] };
    for (const run of runs) {
      const config = await run.config();
      const name = `${config.name.replaceAll("/", "-")}-${basename(run.folder)}`.replaceAll(/[^\w.-]/g, "-");
      const recordings = withRecordings ? await packRecordings(run, config, folder) : null;
      for (const path of await filesBelow(run.folder)) {
        if (NEVER.test(path) || (EXCERPT.test(path) && !withRecordings)) continue;
        await copy(run.path(path), join(folder, "runs", name, path));
      }
      await copyIfThere(experimentOf(config, project), join(folder, "experiments"));
      contents.runs.push({ folder: `runs/${name}`, recordings });
    }
    for (const file of ["deno.json", "deno.lock"]) await copyIfThere(join(project, file), folder);
    await copyNotebooks(join(project, "notebooks"), join(folder, "notebooks"));
    await writeAtomic(join(folder, "archive.json"), JSON.stringify(contents, null, 2) + "\n");
    await writeAtomic(join(folder, "reproduce.sh"), await script(runs));
    const read = await Promise.all(contents.runs.map((run) => readRunFiles(join(folder, run.folder))));
    for (const write of [writeCroissant, writeCitation, writeCrate]) await write(read, folder);
    const files = await filesBelow(folder);
    await zipFolder(folder, { files, out });
    return files;
  } finally {
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

/** Copies the dataset's folder. @returns where it lies in the archive. */
async function packRecordings(run: Run, { dataFolder, experiment }: RunConfig, folder: string): Promise<string> {
  const { licence, dataset, title } = await run.data();
  if (!licence.split("; ").every((one) => one in OPEN_LICENCES)) {
    const expected = `recordings that may be passed on (${Object.keys(OPEN_LICENCES).join(", ")})`;
    const remedy = "leave --with-recordings out: the archive names them and says where they are to be had";
    throw new UsageError({ expected, found: `the licence "${licence}" of ${title}`, where: run.folder, remedy });
  }
  const name = `recordings/${dataset.replaceAll(/[^\w.-]/g, "-")}`;
  const places = experiment.dataset.join?.map(({ name, folder = name }) => folder) ?? [""];
  const outside = places.find((place) => isAbsolute(place) || place.split(/[\\/]/).includes(".."));
  if (outside !== undefined) {
    const [found, remedy] = [`the folder ${outside}`, "leave --with-recordings out"];
    throw new UsageError({ expected: "recordings below one folder", found, where: run.folder, remedy });
  }
  for (const place of places) {
    for (const path of await filesBelow(join(dataFolder, place))) {
      await copy(join(dataFolder, place, path), join(folder, name, place, path));
    }
  }
  return name;
}

/** The experiment's file, as the command line names it. */
function experimentOf({ command, name }: RunConfig, project: string): string {
  const [, quoted, plain] = /^deno task experiment .*?(?:'([^']+\.ts)'|(\S+\.ts)\b)/.exec(command) ?? [];
  return quoted ?? plain ?? join(project, "experiments", `${name}.ts`);
}

async function copyNotebooks(from: string, to: string): Promise<void> {
  const files = await filesBelow(from).catch(() => []);
  for (const path of files.filter((name) => name.endsWith(".ipynb"))) {
    const notebook = JSON.parse(await Deno.readTextFile(join(from, path)));
    for (const cell of notebook.cells ?? []) if ("outputs" in cell) cell.outputs = []; // they may sound
    await writeAtomic(join(to, path), JSON.stringify(notebook, null, 1) + "\n");
  }
}

async function copyIfThere(file: string, folder: string): Promise<void> {
  if (await Deno.stat(file).then(({ isFile }) => isFile, () => false)) await copy(file, join(folder, basename(file)));
}

async function copy(from: string, to: string): Promise<void> {
  try {
    await Deno.mkdir(dirname(to), { recursive: true });
    await Deno.copyFile(from, to);
  } catch (cause) {
    throw cannotWrite(to, cause);
  }
}

async function script(runs: readonly Run[]): Promise<string> {
  const environment = await runs[0].environment().catch(() => undefined);
  const datasets = await Promise.all(runs.map(async (run) => {
    const { experiment: { dataset } } = await run.config();
    return dataset.join?.map(({ name }) => name) ?? [(await run.data()).dataset];
  }));
  const homes = [...new Set(datasets.flat().filter((one) => datasetNames().includes(one)).map(datasetInfo))];
  const begun = await Promise.all(runs.map((run) => run.beginning().catch(() => undefined)));
  const line = (text: string) => `# ${text.replaceAll(/[^\x20-\x7e]/g, " ")}`;
  return [
    "#!/bin/sh",
    line("Trains the runs of this archive again, in a clone of Auscult, and says number by number what agrees:"),
    line("    cd CLONE && sh FOLDER/reproduce.sh --data DATASET=FOLDER"),
    line(`It was Auscult ${environment?.auscult ?? "unknown"}, commit ${environment?.gitCommit ?? "unknown"}.`),
    ...homes.map(({ title, home, licence }) => line(`Recordings: ${title}, ${home}, licence: ${licence}`)),
    ...begun.flatMap((it) => it ? [line(`No part of it, and to be brought to ${it.run}: ${beginningWords(it)}`)] : []),
    "set -eu",
    'here=$(cd "$(dirname "$0")" && pwd)',
    `exec npx -y deno@${environment?.deno ?? "2.9.6"} task reproduce "$here" "$@"`,
    "",
  ].join("\n");
}

/**
 * Packs files of a folder as a ZIP that is whole or not there; the same files give the same bytes.
 *
 * @param files Paths below the folder.
 * @throws {DataError} where it can't be written.
 */
export async function zipFolder(folder: string, { files, out }: { files: string[]; out: string }): Promise<void> {
  const zip = new ZipFile(), stream = zip.outputStream as Readable;
  zip.on("error", (error) => stream.destroy(error));
  // ZIP knows no earlier day; a script stays one that runs.
  const options = (path: string) => ({ mtime: new Date(1980, 0, 1), mode: path.endsWith(".sh") ? 0o100755 : 0o100644 });
  for (const path of files) zip.addFile(join(folder, path), path, { ...options(path), forceDosTimestamp: true });
  zip.end();
  await writePieces(out, stream);
}
