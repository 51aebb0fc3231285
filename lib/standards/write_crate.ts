import { basename, extname, join, relative, resolve } from "node:path";
import { writeAtomic } from "../files/mod.ts";
import type { RunFiles } from "../report/mod.ts";

/** Addresses of the licences of the catalogue that let data be passed on; all others say nothing of it, or forbid it. */
export const OPEN_LICENCES: Readonly<Record<string, string>> = {
  "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
  "CC0": "https://creativecommons.org/publicdomain/zero/1.0/",
  "MIT": "https://opensource.org/license/mit",
  "ODC-By 1.0": "https://opendatacommons.org/licenses/by/1-0/",
};

const METADATA = "ro-crate-metadata.json";
const SPECIFICATION = "https://w3id.org/ro/crate/1.3";
const PROFILE = "https://w3id.org/ro/wfrun/process/0.6";
const TYPES: Record<string, string> = {
  ".json": "application/json",
  ".csv": "text/csv",
  ".md": "text/markdown",
  ".html": "text/html",
  ".tex": "application/x-tex",
  ".pdf": "application/pdf",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wav": "audio/wav",
};
/** What a run was made from; all else in its folder came out of it. */
const OBJECTS = ["config.json", "data.json", "splits.json", "sounds.csv", "groups.csv"];

type Entity = { "@id": string; "@type": string | string[] } & Record<string, unknown>;

/**
 * Writes `ro-crate-metadata.json` into a folder: RO-Crate 1.3, profile Process Run Crate 0.6. Every file below the folder is
 * named; each run is an action by Auscult, and where its folder lies below, from its data and configuration to its results.
 *
 * @returns names below the folder.
 */
export async function writeCrate(runs: readonly RunFiles[], folder: string): Promise<string[]> {
  const files = (await filesBelow(folder)).filter((path) => path !== METADATA);
  const actions = runs.map((one) => runEntities(one, { files, below: placeBelow(folder, one.folder) }));
  const licences = [...new Set(runs.flatMap(({ data }) => data?.licence ?? []))];
  const root: Entity = {
    "@id": "./",
    "@type": "Dataset",
    name: [...new Set(runs.map(({ config }) => config?.title ?? "A run"))].join("; "),
    description: `${runs.length === 1 ? "A run" : `${runs.length} runs`} of Auscult: ${
      [...new Set(runs.map(({ config }) => config?.question ?? "no question is told"))].join(" ")
    }`,
    datePublished: runs.map(({ config }) => config?.createdAt ?? "1970-01-01").toSorted().at(-1)!.slice(0, 10),
    license: licences.map((name) => ({ "@id": licenceId(name) })),
    conformsTo: { "@id": PROFILE },
    hasPart: files.map((path) => ({ "@id": encoded(path) })),
    mentions: actions.map(([action]) => ({ "@id": action["@id"] })),
  };
  const graph = [
    { "@id": METADATA, "@type": "CreativeWork", about: { "@id": "./" }, conformsTo: { "@id": SPECIFICATION } },
    root,
    { "@id": PROFILE, "@type": "CreativeWork", name: "Process Run Crate", version: "0.6" },
    ...licences.map((name) => ({ "@id": licenceId(name), "@type": "CreativeWork", name })),
    ...files.map((path) => fileEntity(path)),
    ...actions.flat(),
  ];
  const unique = new Map(graph.map((entity) => [entity["@id"], entity]));
  const text = JSON.stringify({ "@context": `${SPECIFICATION}/context`, "@graph": [...unique.values()] }, null, 2);
  await writeAtomic(join(folder, METADATA), text + "\n");
  return [METADATA];
}

/** The action, then what it was done by and with. */
function runEntities(
  { folder, config, data, environment, status }: RunFiles,
  { files, below }: { files: readonly string[]; below: string | undefined },
): Entity[] {
  const inside = below === undefined ? [] : files.filter((path) => path.startsWith(below));
  const isObject = (path: string) => OBJECTS.includes(path.slice(below!.length)) || path.startsWith(`${below}code/`);
  const name = basename(folder), seconds = status?.seconds;
  const version = environment?.auscult ?? "unknown", commit = environment?.gitCommit;
  const tool = `#auscult-${encoded(version)}${commit ? `-${commit.slice(0, 12)}` : ""}`;
  const dataset = data && `#data-${encoded(data.dataset)}`;
  const references = (paths: readonly string[]) => paths.map((path) => ({ "@id": encoded(path) }));
  return [
    {
      "@id": `#run-${encoded(name)}`,
      "@type": "CreateAction",
      name: config ? `${config.title} (${config.name}, settings ${config.hash})` : name,
      description: config?.command,
      instrument: { "@id": tool },
      object: [...dataset ? [{ "@id": dataset }] : [], ...references(inside.filter(isObject))],
      result: references(inside.filter((path) => !isObject(path))),
      startTime: config?.createdAt,
      // Seconds of work: a run that was stopped and resumed took longer.
      ...config && seconds !== undefined
        ? { endTime: new Date(Date.parse(config.createdAt) + 1000 * seconds).toISOString() }
        : {},
    },
    {
      "@id": tool,
      "@type": "SoftwareApplication",
      name: "Auscult",
      softwareVersion: commit ? `${version}, commit ${commit}` : version,
      url: "https://jsr.io/@auscult/auscult",
      ...environment ? { softwareRequirements: `Deno ${environment.deno}` } : {},
    },
    ...data
      ? [{
        "@id": dataset!,
        "@type": "Dataset",
        name: data.title,
        description: data.citation,
        identifier: data.fingerprint,
        license: { "@id": licenceId(data.licence) },
      }]
      : [],
  ];
}

/** `"runs/a/"` where the second folder lies in the first, `""` where it is the same; `undefined` where it lies elsewhere. */
function placeBelow(folder: string, inner: string): string | undefined {
  const path = relative(resolve(folder), resolve(inner)).replaceAll("\\", "/");
  if (path === "") return "";
  return path.startsWith("..") ? undefined : `${path}/`;
}

function fileEntity(path: string): Entity {
  return {
    "@id": encoded(path),
    "@type": "File",
    name: path,
    encodingFormat: TYPES[extname(path)] ?? "application/octet-stream",
  };
}

function licenceId(name: string): string {
  return OPEN_LICENCES[name] ?? `#licence-${encoded(name)}`;
}

/** A path as the reference that JSON-LD wants. */
function encoded(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

/** Paths of the plain files below a folder, with `/`, sorted; links, hidden files and what is still being written are left out. */
export async function filesBelow(folder: string, below = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory, isFile } of Deno.readDir(join(folder, below))) {
    const path = below === "" ? name : `${below}/${name}`;
    if (isDirectory && !name.startsWith(".")) found.push(...await filesBelow(folder, path));
    else if (isFile && !/^\.|\.tmp$/.test(name)) found.push(path);
  }
  return found.toSorted();
}
