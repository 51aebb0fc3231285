import { filesOfDataset, knownDataset } from "./catalogue.ts";
import { checkChecksums } from "./check/check_checksums.ts";
import { checkRows } from "./check/check_rows.ts";
import { checkHeaders, checkSounds } from "./check/check_sounds.ts";
import { readDataset, type ReadRows } from "./read_dataset.ts";
import type { LoadDatasetOptions } from "./load_dataset.ts";
import type { OpenedTable } from "./files/manifest_csv.ts";
import type { ManifestRow, PassedOver } from "./manifest.ts";

/**
 * What can be wrong with a file or a row of a dataset: named but not there; there, but taken by no task; not to be decoded,
 * silent or of another checksum; a label that can't be right, as of a segment beyond the end; the same sound twice; what stands
 * on two sides of an official split or gives the label away; what is odd, and dealt with.
 */
export type FindingKind = "missing" | "extra" | "damaged" | "mislabelled" | "duplicate" | "leak" | "note";

/** One thing that is wrong. */
export interface DatasetFinding {
  kind: FindingKind;
  /** The file, below the dataset's folder; empty for the whole of it. */
  path: string;
  /** A sentence without its subject: `"can't be decoded: …"`. */
  message: string;
}

export interface DatasetCheck {
  dataset: string;
  folder: string;
  /** Number of recordings that were decoded. */
  recordings: number;
  findings: DatasetFinding[];
  /** Rows of each task, of all parts. */
  rows: ReadonlyMap<string, ManifestRow[]>;
  /** Sampling rate of each recording that was looked at, Hz. */
  rates: ReadonlyMap<string, number>;
  /** The table that names the recordings, where one does. */
  table?: OpenedTable;
  /** What a loader says to a reader of any figure from these rows. */
  warnings: string[];
  /** What is known to be wrong with this dataset everywhere. */
  traps: string[];
}

export interface CheckDatasetOptions extends Pick<LoadDatasetOptions, "folder" | "columns"> {
  /** Reads the headers of the recordings alone: neither damage nor duplicates are found. @default {false} */
  quick?: boolean;
  /** Told after each recording. */
  onProgress?: (done: number, total: number) => void;
}

/**
 * Looks for missing, extra, damaged and mislabelled files: every recording is decoded, exact duplicates are found by the
 * hash of their samples, checksums are compared where `SHA256SUMS.txt` is there.
 *
 * @example A recording that is named, and isn't there
 * ```ts
 * import { expect } from "expect";
 * import { checkDataset, generateSynthetic } from "./mod.ts";
 * const folder = await Deno.makeTempDir();
 * await generateSynthetic(folder, { subjects: 1, kind: "heart", unusable: 0 });
 * await Deno.remove(`${folder}/recordings/S001_heart_PV.wav`);
 * const { findings } = await checkDataset("synthetic", { folder });
 * expect(findings.map(({ kind, path }) => [kind, path])).toEqual([["missing", "recordings/S001_heart_PV.wav"]]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function checkDataset(name: string, options: CheckDatasetOptions): Promise<DatasetCheck> {
  const { folder, columns, quick, onProgress } = options;
  const dataset = knownDataset(name), { tasks, traps, quirks } = dataset.definition;
  const files = await filesOfDataset(name, folder, columns);
  const byTask = new Map<string, ReadRows>();
  for (const task of Object.keys(tasks)) byTask.set(task, await readDataset(dataset, files, task));

  const there = new Set(files.paths);
  const sounds = quick ? await checkHeaders(files) : await checkSounds(files, { labels: labelsOf(byTask), onProgress });
  const damaged = new Set(sounds.findings.filter(({ kind }) => kind === "damaged").map(({ path }) => path));
  // A loader that asks how long a damaged file is passes it over for the same reason.
  const findings = passedOverByAll([...byTask.values()])
    .filter(({ path, mislabelled }) => mislabelled || !damaged.has(path))
    .map(({ path, reason: message, mislabelled }): DatasetFinding => (
      { kind: mislabelled ? "mislabelled" : there.has(path) ? "extra" : "missing", path, message }
    ));
  findings.push(...sounds.findings);
  for (const [task, { rows }] of byTask) findings.push(...checkRows(rows, { task, ...sounds }));
  if (!quick) findings.push(...await checkChecksums(files));
  if (sounds.seconds.size === 0) findings.push({ kind: "missing", path: "", message: "no recording is here" });
  else if ([...byTask.values()].every(({ rows }) => rows.length === 0)) {
    const message =
      `no recording is understood: the tables are not here, or not as ${dataset.definition.home} has them`;
    findings.push({ kind: "missing", path: "", message });
  }
  for (const message of await quirks?.(files) ?? []) findings.push({ kind: "note", path: "", message });
  const byText = new Map(findings.map((finding) => [`${finding.path} ${finding.kind} ${finding.message}`, finding]));
  const inOrder = [...byText].sort(([a], [b]) => a < b ? -1 : 1).map(([, finding]) => finding); // each once
  const warnings = [...new Set([...byTask.values()].flatMap(({ warnings }) => warnings))];
  return {
    ...{ dataset: name, folder, recordings: sounds.seconds.size, findings: inOrder, warnings },
    ...{ table: files.table, rates: sounds.rates, traps: [...traps] },
    rows: new Map(Array.from(byTask, ([task, { rows }]) => [task, rows])),
  };
}

/** What no task takes, with the first reason; what only some tasks leave out is their business. */
function passedOverByAll(found: readonly ReadRows[]): PassedOver[] {
  const all = found.flatMap(({ passedOver }, task) => passedOver.map((first) => ({ first, task })));
  const byPath = [...Map.groupBy(all, ({ first }) => first.path).values()];
  return byPath.filter((own) => new Set(own.map(({ task }) => task)).size === found.length).map(([{ first }]) => first);
}

/** All labels of a recording, over tasks and segments, as one text to compare. */
function labelsOf(byTask: ReadonlyMap<string, ReadRows>): Map<string, string> {
  const all = [...byTask].flatMap(([task, { rows }]) =>
    rows.map(({ recording, label, start }) => ({ recording, said: `${task} ${label} ${start}` }))
  );
  const asText = (own: typeof all) => [...new Set(own.map(({ said }) => said))].sort().join("\n");
  return new Map(Array.from(Map.groupBy(all, ({ recording }) => recording), ([name, own]) => [name, asText(own)]));
}
