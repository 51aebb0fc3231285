import { basename, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import config from "../../../deno.json" with { type: "json" };
import { UsageError } from "../../errors/mod.ts";
import { writeAtomic } from "../../files/mod.ts";
import notebook from "./first.ipynb" with { type: "text" };
import experiment from "./first.ts" with { type: "text" };
import readme from "./README.md" with { type: "text" };

const ROOT = new URL("../../../", import.meta.url);
const PACKAGE = `jsr:${config.name}@^${config.version}`;

/** The tasks of a study by the permissions that each needs. */
const TASKS = {
  train: ["experiment", "import"],
  evaluate: ["evaluate"],
  report: ["power", "tables", "report", "compare", "note", "live"],
  listen: ["listen"],
  predict: ["predict"],
  sweep: ["sweep", "ablate"],
  data: ["data"],
  notebooks: ["notebooks", "kernel", "lab"],
} as const;

/**
 * Makes a study: a folder of its own with tasks, an experiment, a notebook, and places for data and results. Made by a clone
 * it is linked to that clone, made by the published package to its version; nothing in it is a copy of Auscult.
 *
 * @returns The paths that were written.
 * @throws {UsageError} where the folder holds something, or Auscult has no such experiment.
 */
export async function writeStudy(folder: string, { from }: { from?: string } = {}): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(() => []);
  if (entries.some(({ name }) => name !== ".git")) {
    throw new UsageError({ expected: "a new or an empty folder", found: `${entries.length} files`, where: folder });
  }
  const first = from === undefined
    ? { "experiments/first.ts": experiment, "notebooks/first.ipynb": notebook, "README.md": readme }
    : await copied(from);
  const files: Record<string, string> = {
    "deno.json": `${JSON.stringify(studyConfig(folder), null, 2)}\n`,
    // Packages as Auscult was tested with them.
    "deno.lock": await textAt(new URL("deno.lock", ROOT)),
    ".gitignore": "/data/*\n/results/*\n.cache/\n.ipynb_checkpoints/\n",
    ...first,
  };
  for (const [path, text] of Object.entries(files)) await writeAtomic(join(folder, path), text);
  for (const name of ["data", "results"]) await Deno.mkdir(join(folder, name), { recursive: true });
  return Object.keys(files).map((path) => join(folder, path));
}

function studyConfig(folder: string) {
  const tasks = Object.entries(TASKS).flatMap(([permissions, names]) =>
    names.map((name) => [name, `deno run -q --no-prompt -P=${permissions} ${PACKAGE}/tasks/${name}`])
  );
  return {
    imports: { [config.name]: PACKAGE, preact: config.imports.preact },
    ...(ROOT.protocol === "file:" ? { links: [relative(resolve(folder), fileURLToPath(ROOT))] } : {}),
    nodeModulesDir: config.nodeModulesDir,
    unstable: config.unstable,
    allowScripts: config.allowScripts,
    exclude: config.exclude,
    compilerOptions: config.compilerOptions,
    permissions: Object.fromEntries(
      Object.keys(TASKS).map((name) => [name, config.permissions[name as keyof typeof TASKS]]),
    ),
    tasks: {
      ...Object.fromEntries(tasks),
      check: "deno check experiments && deno run -q --no-prompt -P=notebooks " + `${PACKAGE}/tasks/notebooks --check`,
    },
  };
}

/** One of Auscult's experiments, which imports the package by name wherever it lies. */
async function copied(from: string): Promise<Record<string, string>> {
  const name = basename(from, ".ts");
  const text = await textAt(new URL(from, ROOT)).catch((cause) => {
    const remedy = "name one as experiments/heart/cinc2016.ts";
    throw new UsageError({ expected: "an experiment of Auscult", found: "no such file", where: from, remedy, cause });
  });
  return {
    [`experiments/${name}.ts`]: text.replaceAll(/experiments\/\w+\//g, "experiments/"),
    "README.md": readme.replaceAll("first.ts", `${name}.ts`).replaceAll("results/first", `results/${name}`),
  };
}

/** Text of a file of the clone, or of the published package. */
async function textAt(address: URL): Promise<string> {
  if (address.protocol === "file:") return await Deno.readTextFile(address);
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.statusText);
  return await response.text();
}
