import { DataError, UsageError } from "../errors/mod.ts";
import { filesOfDataset, JOINT, knownDataset } from "./catalogue.ts";
import type { ColumnNames } from "./files/column_roles.ts";
import type { DatasetInfo, JoinedDataset } from "./define_dataset.ts";
import type { AnnotatedEvent, Manifest, PassedOver } from "./manifest.ts";
import { partName } from "./files/spellings.ts";
import { joinDatasets } from "./join_datasets.ts";
import { joinSubjects, nearDuplicateGroups } from "./near_duplicates/near_duplicate_groups.ts";
import { recordingDuration } from "./recording_duration.ts";
import { readDataset } from "./read_dataset.ts";

export interface LoadDatasetOptions {
  /** The dataset's folder, laid out as its makers deliver it, however few of its recordings are there; or a CSV file. */
  folder: string;
  /** One of the dataset's tasks, e.g. `"events-7"`. */
  task: string;
  /** Of `"joint"`: the datasets that are asked as one, below the folder. */
  join?: readonly JoinedDataset[];
  /** Official parts, e.g. `["inter"]`, or all that are there. @default The training part; where it isn't there, all that are. */
  parts?: readonly string[] | "all";
  /** Columns of a table with unusual headers, by what they are: `{ subject: "Pat-Nr" }`. */
  columns?: ColumnNames;
  /** The groups that a scan wrote; `false` leaves them out. @default {"near_duplicates.csv" in the folder, where it is there} */
  nearDuplicates?: string | false;
  /** How lengths are found, of paths of recordings. @default {recordingDuration} */
  durationOf?: (path: string) => Promise<number>;
}

/**
 * Reads a dataset's folder as a manifest. Recordings are found by their stems, `.wav` or `.flac`; only headers are
 * read. What was not taken is in `passedOver`, with the reason. Where a scan left `near_duplicates.csv` in the folder,
 * subjects that share near-duplicates are one.
 *
 * @throws {UsageError} for an unknown dataset, task or part.
 * @throws {DataError} for a missing folder, a part that isn't there, or a folder that holds nothing of the dataset.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { generateSynthetic, loadDataset } from "./mod.ts";
 * const folder = await Deno.makeTempDir();
 * await generateSynthetic(folder, { subjects: 1, kind: "heart", recordings: 1, unusable: 0 });
 * const manifest = await loadDataset("synthetic", { folder, task: "murmur-2" });
 * expect(manifest.classes).toEqual(["healthy", "murmur"]);
 * expect(manifest.rows[0]).toMatchObject({ recording: "recordings/S001_heart_AV.wav", subject: "S001", start: 0, end: 5 });
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function loadDataset(name: string, options: LoadDatasetOptions): Promise<Manifest> {
  if (name === JOINT.name) return await joinDatasets(options);
  if (options.join !== undefined) {
    const remedy = `say name: "${JOINT.name}", or leave out join`;
    const expected = `the dataset "${JOINT.name}" where several are joined`;
    throw new UsageError({ expected, found: `"${name}"`, where: "dataset.join", remedy });
  }
  const { folder, task, columns } = options;
  const parts = options.parts === "all" ? undefined : options.parts?.map(partName);
  const dataset = knownDataset(name), info = dataset.definition;
  checkNames(info, { task, parts });
  const files = await filesOfDataset(name, folder, columns);
  const { durationOf = recordingDuration } = options;
  files.duration = (recording) => durationOf(`${files.folder}/${recording}`);
  const found = await readDataset(dataset, files, task);
  const passedOver = found.passedOver.toSorted((a, b) => compare(a.path, b.path));
  if (found.rows.length === 0) throw nothingFound(info, { folder, files: files.paths.length, passedOver });
  const known = info.parts.length > 0 ? info.parts : [...new Set(found.rows.map(({ part }) => part))].sort();
  const present = known.filter((part) => found.rows.some((row) => row.part === part));
  const wanted = parts ?? (present.includes("train") && options.parts !== "all" ? ["train"] : present);
  const absent = wanted.filter((part) => !present.includes(part));
  if (absent.length > 0) throw notThere(absent, { present, folder, info });
  const { groups, warnings } = options.nearDuplicates === false
    ? { groups: new Map<string, string>(), warnings: [] }
    : await nearDuplicateGroups(files, options.nearDuplicates);
  const rows = joinSubjects(found.rows, groups).filter(({ part }) => wanted.includes(part))
    .toSorted((a, b) => compare(a.recording, b.recording) || a.start - b.start || a.end - b.end);
  const recordings = new Set(rows.map(({ recording }) => recording));
  return {
    ...{ dataset: name, task, folder: files.folder, classes: [...found.classes], rows, passedOver },
    events: inRecordings(found.events, recordings),
    ...found.states ? { states: inRecordings(found.states, recordings) } : {},
    absentParts: known.filter((part) => !present.includes(part)),
    warnings: [...found.warnings, ...warnings],
  };
}

function nothingFound(
  info: DatasetInfo,
  { folder, files, passedOver }: { folder: string; files: number; passedOver: readonly PassedOver[] },
): DataError {
  const first = passedOver[0] ? `; of ${passedOver[0].path}: ${passedOver[0].reason}` : "";
  const expected = `recordings in the layout of ${info.title}`;
  const remedy = first ? "correct that, or the path given by --data" : "check the path given by --data";
  return new DataError({ expected, found: `none among ${files} files${first}`, where: folder, remedy });
}

function notThere(
  absent: readonly string[],
  { present, folder, info }: { present: readonly string[]; folder: string; info: DatasetInfo },
): DataError {
  const expected = `the part ${absent.join(" and ")} of ${info.name}`;
  const remedy = info.parts.length > 0 ? `get it from ${info.home}` : "name a part that is there";
  return new DataError({ expected, found: `only ${present.join(", ")}`, where: folder, remedy });
}

function checkNames(info: DatasetInfo, { task, parts = [] }: { task: string; parts?: readonly string[] }) {
  const known = Object.keys(info.tasks);
  if (!known.includes(task)) {
    throw new UsageError({ expected: `a task of ${info.name} (${known.join(", ")})`, found: `"${task}"` });
  }
  const unknown = info.parts.length > 0 ? parts.find((part) => !info.parts.includes(part)) : undefined;
  if (unknown !== undefined) {
    throw new UsageError({ expected: `a part of ${info.name} (${info.parts.join(", ")})`, found: `"${unknown}"` });
  }
}

function inRecordings(events: readonly AnnotatedEvent[], recordings: ReadonlySet<string>): AnnotatedEvent[] {
  return events.filter(({ recording }) => recordings.has(recording))
    .toSorted((a, b) => compare(a.recording, b.recording) || a.start - b.start);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
