import { join } from "node:path";
import { datasetInfo, datasetNames } from "../datasets/mod.ts";
import { formatCsv, hashBytes, writeAtomic } from "../files/mod.ts";
import type { RunFiles } from "../report/mod.ts";
import type { RunConfig, RunData } from "../runs/mod.ts";
import { type UsedData, usedData } from "./croissant/used_data.ts";
import { OPEN_LICENCES } from "./write_crate.ts";

/**
 * Writes Croissant 1.1 (with RAI 1.0) of the data as the runs used them: the recordings with their hashes, the labelled items, and
 * who was on which side of every training. Recordings are named, not packed; nothing of a person is told but an identifier, and of
 * recordings of one's own neither subject nor path. Runs of the same data and splits share one.
 *
 * @returns names below the folder.
 */
export async function writeCroissant(runs: readonly RunFiles[], folder: string): Promise<string[]> {
  const names: string[] = [], seen = new Set<string>();
  for (const run of runs) {
    const { config, data } = run;
    if (!config || !data) continue;
    const used = await usedData(run, { config, data });
    const key = hashBytes(JSON.stringify([data.fingerprint, used.sides]));
    if (seen.has(key)) continue;
    seen.add(key);
    const name = seen.size === 1 ? "croissant" : `croissant-${seen.size}`;
    names.push(...await writeOne(folder, name, { config, data, used }));
  }
  return names;
}

async function writeOne(
  folder: string,
  name: string,
  { config, data, used }: { config: RunConfig; data: RunData; used: UsedData },
): Promise<string[]> {
  const tables = Object.fromEntries(
    SETS.map(([set, { columns }]) => [`${set}.csv`, formatCsv(used[set], columns.split(" "))]),
  );
  const files = Object.entries({ ...tables, "croissant.json": description({ config, data, used, tables }) });
  for (const [file, text] of files) await writeAtomic(join(folder, name, file), text);
  return files.map(([file]) => `${name}/${file}`);
}

function description(
  { config, data, used, tables }: { config: RunConfig; data: RunData; used: UsedData; tables: Record<string, string> },
): string {
  const info = datasetNames().includes(data.dataset) ? datasetInfo(data.dataset) : undefined;
  const home = info && /^https?:/.test(info.home) ? info.home : undefined;
  const croissant = {
    "@context": CONTEXT,
    "@type": "sc:Dataset",
    conformsTo: ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"],
    name: `${data.title}, as used by ${config.name}`,
    description: `${info?.tasks[data.task]?.about ?? config.question} Classes: ${
      data.classes.join(", ")
    }. ${used.note}`,
    license: OPEN_LICENCES[data.licence] ?? data.licence,
    url: home ?? "https://jsr.io/@auscult/auscult",
    ...home ? { isBasedOn: home } : {},
    version: "1.0.0",
    datePublished: config.createdAt.slice(0, 10),
    creator: { "@type": "sc:Organization", name: /^(.+?)\. /.exec(data.citation)?.[1] ?? data.title },
    citeAs: data.citation,
    identifier: data.fingerprint,
    keywords: ["auscultation", info?.sound ?? "sound", ...data.classes],
    "rai:personalSensitiveInformation":
      "None: no age, sex or date; identifiers of subjects as published or made up here.",
    "rai:dataLimitations": info?.traps.length ? info.traps : ["none is known to the catalogue"],
    distribution: Object.entries(tables).map(([file, text]) => ({
      "@type": "cr:FileObject",
      "@id": file,
      name: file,
      contentUrl: file,
      encodingFormat: "text/csv",
      sha256: hashBytes(text),
    })),
    recordSet: [SPLITS, ...SETS.map(([name, { about, columns }]) => recordSet(name, about, columns.split(" ")))],
  };
  return JSON.stringify(croissant, null, 2) + "\n";
}

/** The record sets: what each is, and its columns. */
const SETS = Object.entries({
  recordings: { about: "The recordings, by path or hash", columns: "recording subject sha256 sound" },
  items: {
    about: "What is labelled: spans of recordings, seconds",
    columns: "recording start end label source visit",
  },
  sides: { about: "On which side of each training a recording was", columns: "fold seed recording split" },
}) as ["recordings" | "items" | "sides", { about: string; columns: string }][];

/** What columns hold that aren't plain text. */
const TYPES: Record<string, string | string[]> = {
  ...{ start: "sc:Float", end: "sc:Float", fold: "sc:Integer", seed: "sc:Integer" },
  ...{ label: ["sc:Text", "cr:Label"], split: ["sc:Text", "cr:Split"] },
};

function recordSet(name: string, description: string, columns: readonly string[]) {
  return {
    "@type": "cr:RecordSet",
    "@id": name,
    name,
    description,
    ...name === "recordings" ? { key: { "@id": "recordings/recording" } } : {},
    field: columns.map((column) => ({
      ...field(name, column, TYPES[column] ?? "sc:Text"),
      source: { fileObject: { "@id": `${name}.csv` }, extract: { column } },
      ...column === "split" ? { references: { field: { "@id": "splits/name" } } } : {},
      ...column === "recording" && name !== "recordings"
        ? { references: { field: { "@id": "recordings/recording" } } }
        : {},
    })),
  };
}

/** The context that Croissant 1.1 prescribes (docs.mlcommons.org/croissant, appendix 1), as `mlcroissant` 1.1 writes it. */
const CONTEXT = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  ...croissantTerms(
    "arrayShape citeAs column containedIn equivalentProperty extract field fileProperty fileObject fileSet " +
      "format includes isArray isLiveDataset jsonPath key md5 parentField path recordSet references regex " +
      "repeated replace samplingRate separator source subField transform",
  ),
  conformsTo: "dct:conformsTo",
  cr: "http://mlcommons.org/croissant/",
  rai: "http://mlcommons.org/croissant/RAI/",
  data: { "@id": "cr:data", "@type": "@json" },
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  dct: "http://purl.org/dc/terms/",
  description: { "@container": "@language" },
  examples: { "@id": "cr:examples", "@type": "@json" },
  name: { "@container": "@language" },
  sc: "https://schema.org/",
};

function croissantTerms(names: string): Record<string, string> {
  return Object.fromEntries(names.split(" ").map((name) => [name, `cr:${name}`]));
}

/** A field of a record set. */
function field(set: string, name: string, dataType: string | string[]) {
  return { "@type": "cr:Field", "@id": `${set}/${name}`, name, dataType };
}

const PARTS = { train: "cr:TrainingSplit", validation: "cr:ValidationSplit", test: "cr:TestSplit" };

/** The three sides as Croissant knows them. */
const SPLITS = {
  "@type": "cr:RecordSet",
  "@id": "splits",
  name: "splits",
  description: "The sides of a training",
  dataType: "cr:Split",
  key: { "@id": "splits/name" },
  field: [field("splits", "name", "sc:Text"), field("splits", "url", ["sc:URL", "cr:Split"])],
  data: Object.entries(PARTS).map(([name, url]) => ({ "splits/name": name, "splits/url": url })),
};
